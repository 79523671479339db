import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect as dial, createServer, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect, TLSSocket } from 'node:tls'
import { fingerprintOf, makeIdentity } from '../../core/src/identity/identity.js'

/** What was found, by what was tried. */
export interface Probed {
  /** The version of TLS, and whether each side saw the key of the other. */
  readonly tls: { readonly protocol: string | null; readonly pinned: boolean; readonly words: string }
  /** What a shell printed. */
  readonly child: string
  /** What went through a socket of ZeroMQ, which is native code. */
  readonly zmq: string
}

/** Tries what an agent needs of Node beside the engine. */
export const probe = async (): Promise<Probed> => ({ tls: await overTls(), child: await child(), zmq: await overZmq() })

/** A stream that is none of Node's own sockets, as those of transports are. */
const duplexOver = (socket: Socket): Duplex => Duplex.from({ readable: socket, writable: socket })

const overTls = async (): Promise<Probed['tls']> => {
  const [server, client] = [makeIdentity(), makeIdentity()]
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const dialled = dial((listener.address() as { readonly port: number }).port, '127.0.0.1')
  const [taken] = (await once(listener, 'connection')) as [Socket]
  const options = { minVersion: 'TLSv1.3', rejectUnauthorized: false } as const
  const { key, cert } = server
  const asked = { ...options, key, cert, isServer: true, requestCert: true }
  const inner = new TLSSocket(duplexOver(taken), asked)
  inner.on('data', (words: Buffer) => inner.write(words))
  const outer = connect({ ...options, key: client.key, cert: client.cert, socket: duplexOver(dialled) })
  await once(outer, 'secureConnect')
  outer.write('over TLS')
  const [words] = (await once(outer, 'data')) as [Buffer]
  const pinned =
    fingerprintOf(outer.getPeerCertificate().raw) === server.fingerprint &&
    fingerprintOf(inner.getPeerCertificate().raw) === client.fingerprint
  const protocol = outer.getProtocol()
  for (const stream of [outer, inner, dialled, taken]) stream.on('error', () => undefined).destroy()
  listener.close()
  return { protocol, pinned, words: words.toString() }
}

const child = (): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('/bin/sh', ['-c', 'echo from a shell'], (error, stdout) =>
      error === null ? resolve(stdout.trim()) : reject(error),
    )
  })

const overZmq = async (): Promise<string> => {
  const { Pull, Push } = await import('../../plugins/transport-zmq/node_modules/zeromq/lib/index.js')
  const [push, pull] = [new Push(), new Pull()]
  try {
    await push.bind('tcp://127.0.0.1:*')
    pull.connect(push.lastEndpoint ?? '')
    await push.send('over ZeroMQ')
    const [words] = await pull.receive()
    return String(words)
  } finally {
    push.close()
    pull.close()
  }
}
