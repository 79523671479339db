import { writeFileSync } from 'node:fs'
import { definePlugin } from '@prove/core'
import { localExecutor } from '@prove/executor-local'
import { FramesIn, FramesOut } from './frames.js'
import { childrenOf, endFamily } from './family.js'

/** `VICTIM:POINT`: at this point of the conversation something ends without warning. */
const [victim, at] = (process.env['PROVE_CRASH'] ?? ':0').split(':')

/** Every point that this run came to, for the test that counts them. */
const points = []

const pass = (about, shell) => {
  points.push(about)
  if (points.length !== Number(at)) return
  if (victim === 'prove') process.kill(process.pid, 'SIGKILL')
  else if (victim === 'shell') process.kill(shell, 'SIGKILL')
  else endFamily(shell)
}

process.on('exit', () => {
  const file = process.env['PROVE_CRASH_POINTS']
  if (file !== undefined) writeFileSync(file, JSON.stringify(points))
})

/** The local executor, with an accident on the way: in the middle of a frame, behind one, or before an answer is heard. */
const crash = {
  ...localExecutor,
  name: 'crash',
  about: 'This machine, for as long as it lasts.',
  async open(options, command) {
    const before = childrenOf(process.pid)
    const stream = await localExecutor.open(options, command)
    let shell = childrenOf(process.pid).find((pid) => !before.includes(pid))
    const out = new FramesOut()
    const heard = new FramesIn()
    const listeners = []
    stream.onData((bytes) => {
      for (const { about, part, pid } of heard.cut(bytes)) {
        shell = pid ?? shell
        pass(about, shell)
        for (const listener of [...listeners]) listener(part)
      }
    })
    return {
      ...stream,
      async write(bytes) {
        for (const { about, part } of out.cut(bytes)) {
          const half = Math.floor(part.length / 2)
          await stream.write(part.subarray(0, half))
          pass(`half of ${about}`, shell)
          await stream.write(part.subarray(half))
          pass(about, shell)
        }
      },
      onData: (listener) => listeners.push(listener),
    }
  },
}

export default definePlugin({ name: 'executor-crash', core: '^0.1.0', executors: [crash] })
