import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Identity } from '@prove/core/identity'
import { Connection, type Liveness } from '../wire/connection.js'
import { type Secured, secure } from '../wire/secure.js'

/** Both ends of a real connection. */
export interface BothEnds {
  readonly dialled: Socket
  readonly accepted: Socket
}

export const bothEnds = async (): Promise<BothEnds> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dialled = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [Socket]
  for (const socket of [dialled, accepted]) socket.on('error', () => undefined)
  server.close()
  return { dialled, accepted }
}

/** Both ends of TLS over a connection. */
export const securedEnds = async (
  { dialled, accepted }: BothEnds,
  [here, there]: readonly [Identity, Identity],
): Promise<readonly [Secured, Secured]> =>
  Promise.all([
    secure(dialled, { identity: here, dialled: true, timeout: 10_000 }),
    secure(accepted, { identity: there, dialled: false, timeout: 10_000 }),
  ])

/** Both ends of a link that nobody has said anything over. */
export const linkedEnds = async (
  identities: readonly [Identity, Identity],
  liveness?: Liveness,
): Promise<readonly [Connection, Connection]> => {
  const [here, there] = await securedEnds(await bothEnds(), identities)
  return [new Connection(here.stream, here.peer, liveness), new Connection(there.stream, there.peer, liveness)]
}
