// Hosts to try things on by hand: node test-fixtures/hosts/run-lab.mjs [HOSTS [ROUND-TRIP [LOSS]]]; ends with Ctrl-C.
// Says how to reach them; commands come line by line: "link ROUND-TRIP LOSS", "cut N", "restore N", "stop N", "start N", "reset N".
import { createInterface } from 'node:readline'
import { loadLab } from './load-lab.mjs'

const [count = '1', roundTrip = '0', loss = '0'] = process.argv.slice(2)
const { Lab, whyNoLab } = await loadLab()
const reason = whyNoLab()
if (reason !== undefined) throw new Error(reason)
const lab = await Lab.open()
const close = async () => {
  await lab.close()
  process.exit()
}
process.once('SIGINT', close).once('SIGTERM', close)
await lab.boot(Number(count))
await lab.link({ roundTrip: Number(roundTrip), loss: Number(loss) })
console.log(`ssh -F ${lab.sshConfig} h1`)
for await (const line of createInterface(process.stdin)) {
  const [verb = '', ...words] = line.split(' ')
  const host = lab.hosts[Number(words[0]) - 1]
  if (verb === 'link') await lab.link({ roundTrip: Number(words[0]), loss: Number(words[1] ?? 0) })
  else if (['cut', 'restore', 'stop', 'start', 'reset'].includes(verb) && host !== undefined) await host[verb]()
  else console.log(`what is "${line}"?`)
  console.log('done')
}
await close()
