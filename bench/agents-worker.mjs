// Plays agents: whoever dials is answered as an agent would, by a process that runs nothing.
import { makeIdentity } from '../core/dist/identity/index.js'
import { Connection, greet, secure } from '../link/dist/index.js'
import { transportOf } from './transport-of.mjs'

const [scheme, master] = process.argv.slice(2)
const identity = makeIdentity()

const serve = async (stream) => {
  stream.on('error', () => undefined)
  const secured = await secure(stream, { identity, dialled: false, timeout: 60_000 })
  const connection = new Connection(secured.stream, secured.peer)
  const own = { role: 'agent', version: '0', name: 'played' }
  const judge = () => (secured.peer === master ? undefined : { code: 'PRV_LINK_REFUSED', message: 'another master' })
  const { incoming } = await greet(connection, { own, judge, timeout: 60_000 })
  for await (const said of incoming) {
    if (said.kind === 'request') await connection.send({ kind: 'ended', id: said.id, result: { hostname: 'played' } })
  }
}

const { transport, options } = await transportOf(scheme)
const { address } = await transport.listen(
  `${scheme}://127.0.0.1:0`,
  options,
  (stream) => void serve(stream).catch(() => undefined),
)
process.send(address)
