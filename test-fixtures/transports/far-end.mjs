// The far end of connections, as a program of another host: node far-end.mjs HOST BYTES SCHEME…
// Listens with each transport and says where, a JSON line; sends so many random bytes over each connection, and when both directions
// have ended says the SHA-256 of what it sent and of what came.
import { createHash, randomBytes } from 'node:crypto'
import { transportOf } from '../../bench/transport-of.mjs'

const [host, length, ...schemes] = process.argv.slice(2)
const say = (line) => console.log(JSON.stringify(line))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

const accept = (connection) => {
  const sent = randomBytes(Number(length))
  const came = createHash('sha256')
  connection.on('error', (error) => say({ error: error.message }))
  connection.on('data', (chunk) => came.update(chunk))
  connection.on('end', () => say({ sent: sha256(sent), came: came.digest('hex') }))
  connection.end(sent)
}

const addresses = {}
for (const scheme of schemes) {
  const { transport, options } = await transportOf(scheme)
  addresses[scheme] = (await transport.listen(`${scheme}://${host}:0`, options, accept)).address
}
say({ addresses })
