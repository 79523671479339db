import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { skipOrFail } from '../shells.js'
import { freePort, Sshd, whySshdIsMissing } from '../sshd.js'
import { eventsOf, Place, summaryOf, targetOf, textOf, until } from './prove.js'

const missing = whySshdIsMissing()

let place: Place
beforeEach(() => {
  place = new Place()
})
afterEach(() => place.remove())

/** Processes below another one. */
const below = (pid: number): readonly number[] => {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && textOf(`/proc/${name}/stat`).split(') ')[1]?.split(' ')[1] === String(pid))
    .map(Number)
  return children.flatMap((child) => [child, ...below(child)])
}

if (missing === undefined) {
  const sshd = await Sshd.start()
  afterAll(() => sshd.stop())
  const { host, options } = sshd

  /** Asks every second whether the other side is there. */
  const impatient: Readonly<Record<string, object>> = {
    ssh: { config: join(sshd.folder, 'impatient') },
    openssh: { settings: { ServerAliveInterval: '1' } },
  }
  writeFileSync(join(sshd.folder, 'impatient'), 'ServerAliveInterval 1\n')

  const configure = (targets: Readonly<Record<string, object>>): void => {
    place.write('prove.config.json', JSON.stringify({ targets }))
    place.states({
      d: { 'file.directory': place.path('d') },
      f: { 'file.managed': { path: place.path('d/f'), content: 'hello\n' }, requires: 'd' },
    })
  }

  describe.each(['ssh', 'openssh'])('targets behind %s', (executor) => {
    const web = (more: object = {}): object => ({ host, executor, options: { ...options, ...more } })

    it('are planned and applied as this machine is, in one round trip where nothing changes', async () => {
      configure({ web1: web() })
      const cache = { XDG_CACHE_HOME: place.path('cache') }
      const plan = await place.prove(['plan', 'site.yml', '-o', 'json'], cache)
      expect(targetOf(plan, 'web1')).toMatchObject({ outcome: 'changed', wouldChange: 2 })
      expect(existsSync(place.path('d'))).toBe(false)
      expect(targetOf(await place.prove(['apply', 'site.yml', '-o', 'json'], cache), 'web1')).toMatchObject({
        changed: 2,
      })
      expect(readFileSync(place.path('d/f'), 'utf8')).toBe('hello\n')
      const again = await place.prove(['plan', 'site.yml', '-o', 'json'], cache)
      expect(targetOf(again, 'web1')).toMatchObject({ outcome: 'ok', ok: 2, roundTrips: 1 })
    })

    it('end without those that cannot be reached', async () => {
      configure({
        web1: web(),
        web2: web({ port: await freePort() }),
        web3: { ...web(), elevate: 'sudo', host: 'x.invalid' },
      })
      const ended = await place.prove(['apply', 'site.yml', '-o', 'json'])
      expect(ended.exit).toBe(3)
      const outcomes = Object.entries(summaryOf(ended).targets).map(([name, { outcome }]) => `${name} ${outcome}`)
      expect(outcomes).toEqual(['web1 changed', 'web2 unreachable', 'web3 unreachable'])
      const codes = eventsOf(ended).flatMap((event) => (event.type === 'target' && event.error?.code) || [])
      expect(codes).toEqual(['PRV_TARGET_UNREACHABLE', 'PRV_TARGET_UNREACHABLE'])
    })

    it('are interrupted, not unreachable, where Ctrl-C comes while nobody answers', async () => {
      const silent = createServer()
      const asked = new Promise<void>((resolve) => silent.once('connection', () => resolve()))
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      try {
        configure({ web1: web({ port: (silent.address() as AddressInfo).port, connectTimeout: 60 }) })
        const running = place.start(['plan', 'site.yml', '-o', 'json'])
        await asked
        running.child.kill('SIGINT')
        const ended = await running.ended
        expect(ended).toMatchObject({ exit: 130, stderr: '' })
        expect(targetOf(ended, 'web1').outcome).toBe('interrupted')
      } finally {
        silent.close()
      }
    })

    it('are lost when their link falls silent', async () => {
      configure({ web1: web(impatient[executor]) })
      const running = place.start([
        'cmd',
        '-o',
        'json',
        '--',
        'sh',
        '-c',
        `echo $$ >'${place.path('pid')}'; exec sleep 60`,
      ])
      await until('the command', () => textOf(place.path('pid')).endsWith('\n'))
      const sleeping = Number(textOf(place.path('pid')))
      const silent = below(sshd.pid).filter((pid) => /sshd/.test(textOf(`/proc/${pid}/comm`)))
      try {
        for (const pid of silent) process.kill(pid, 'SIGSTOP')
        const ended = await running.ended
        expect(ended.exit).toBe(2)
        expect(targetOf(ended, 'web1').outcome).toBe('lost')
      } finally {
        for (const pid of [...silent, sleeping]) process.kill(pid, 'SIGKILL')
      }
    })
  })
} else {
  it('reaches a real sshd', (ctx) => skipOrFail(ctx, missing))
}
