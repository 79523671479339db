import { type Duplex } from 'node:stream'
import { connect, createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { messageOf, ProveError } from '@prove/core'
import { fingerprintOf, type Identity } from '@prove/core/identity'
import { protocolName } from './messages.js'

/** A stream on which both sides have shown that they hold the key they are known by. */
export interface Secured {
  readonly stream: TLSSocket
  /** The fingerprint of the other side. */
  readonly peer: string
}

export interface SecureOptions {
  readonly identity: Identity
  /** Whether this side dialled. */
  readonly dialled: boolean
  /** Milliseconds that the other side may take. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
}

const contexts = new WeakMap<Identity, SecureContext>()

/** Made once for an identity: a master has thousands of connections of one key. */
const contextOf = (identity: Identity): SecureContext => {
  const known = contexts.get(identity)
  if (known !== undefined) return known
  const { key, cert } = identity
  const made = createSecureContext({ key, cert, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' })
  contexts.set(identity, made)
  return made
}

/**
 * TLS 1.3 over a connection of any transport, with the keys of both sides shown. Who the other one is, is for the caller to
 * judge: by its fingerprint. Throws PRV_LINK_SECURITY; the connection is then gone.
 */
export const secure = (connection: Duplex, options: SecureOptions): Promise<Secured> => {
  const { identity, dialled, timeout, signal } = options
  const common = {
    secureContext: contextOf(identity),
    // Names, dates and authorities mean nothing here: the key is what is judged.
    rejectUnauthorized: false,
    ALPNProtocols: [protocolName],
  }
  const stream = dialled
    ? connect({ ...common, socket: connection })
    : new TLSSocket(connection, { ...common, isServer: true, requestCert: true })
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      stream.on('error', () => undefined)
      stream.destroy()
      connection.destroy()
      reject(refusal(why, cause))
    }
    const abort = (): void => fail('nobody waits for it any more')
    const timer = setTimeout(() => fail(`the other side did not finish within ${timeout / 1000} s`), timeout)
    const failed = (error: Error): void => fail(messageOf(error), error)
    const closed = (): void => fail('the other side closed the connection')
    stream.once('error', failed).once('close', closed)
    if (signal?.aborted === true) abort()
    signal?.addEventListener('abort', abort, { once: true })
    stream.once(dialled ? 'secureConnect' : 'secure', () => {
      const peer = peerOf(stream)
      if (peer === undefined) return fail('the other side showed no key')
      if (stream.alpnProtocol !== protocolName) return fail(`the other side does not speak ${protocolName}`)
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      stream.off('error', failed).off('close', closed)
      resolve({ stream, peer })
    })
  })
}

const peerOf = (stream: TLSSocket): string | undefined => {
  const { raw } = stream.getPeerCertificate() as { readonly raw?: Buffer }
  try {
    return raw === undefined ? undefined : fingerprintOf(raw)
  } catch {
    return undefined
  }
}

const refusal = (why: string, cause: unknown): ProveError =>
  new ProveError('PRV_LINK_SECURITY', `no secure connection came about: ${why}`, {
    hint: 'check that a master and an agent of Prove stand at the two ends, and nothing that changes what they say',
    cause,
  })
