import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, TLSSocket } from 'node:tls'
import { expect } from 'vitest'
import { fingerprintOf, makeIdentity } from '../identity/identity.js'
import { take } from './streams.js'
import type { Pair } from './transport-ground.js'

/** Both ends of TLS 1.3 over a connection. */
export interface SecurePair {
  readonly client: TLSSocket
  readonly server: TLSSocket
}

/** TLS 1.3 over a connection, once both sides have shown which key they hold. */
export const secure = async ({ dialled, accepted }: Pair): Promise<SecurePair> => {
  const [master, agent] = [makeIdentity(), makeIdentity()]
  const common = { minVersion: 'TLSv1.3', rejectUnauthorized: false } as const
  const server = new TLSSocket(accepted, { ...common, ...master, isServer: true, requestCert: true })
  const client = connect({ ...common, ...agent, socket: dialled })
  await Promise.all([once(server, 'secure'), once(client, 'secureConnect')])
  expect([server.getProtocol(), client.getProtocol()]).toEqual(['TLSv1.3', 'TLSv1.3'])
  expect(fingerprintOf(client.getPeerCertificate().raw)).toBe(master.fingerprint)
  expect(fingerprintOf(server.getPeerCertificate().raw)).toBe(agent.fingerprint)
  return { client, server }
}

/** Each side tells the other so many bytes, one after the other, which arrive as they were. */
export const tellSecrets = async ({ client, server }: SecurePair, bytes: number): Promise<void> => {
  const secret = randomBytes(bytes)
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.write(secret)
    expect((await take(to, secret.length)).equals(secret)).toBe(true)
  }
}
