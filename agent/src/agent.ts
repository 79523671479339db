import { hostname } from 'node:os'
import type { Duplex } from 'node:stream'
import { knownErrors, type Listener as Listening, ProveError, z } from '@prove/core'
import { Connection, greet, type PluginShown, secure, Strangers, usualLiveness } from '@prove/link'
import type { AgentConfig } from './agent-config.js'
import { Dialling } from './dialling.js'
import { HostActions, type HostOptions } from './host-actions.js'
import { serveLink } from './serve-link.js'

export interface AgentOptions extends HostOptions {
  readonly config: AgentConfig
  readonly version: string
  readonly plugins: readonly PluginShown[]
  /** The word that lets it in where its key is not known yet. */
  readonly token?: string | undefined
  /** Called when a master has let it in: the word is used. */
  readonly admitted?: () => void
}

/** Milliseconds for TLS, and as many for the hello. */
const handshake = 10_000

/** The daemon on a target: it obeys the masters that it was told of, over any transport, whoever dials. */
export class Agent {
  readonly #host: HostActions
  readonly #links = new Set<Connection>()
  readonly #listening: Listening[] = []
  readonly #dialling: Dialling[] = []
  readonly #strangers = new Strangers(64)
  readonly #again: NodeJS.Timeout[] = []

  constructor(private readonly options: AgentOptions) {
    this.#host = new HostActions(options)
  }

  /** Listens and dials as it is set up. Resolves to the addresses that it can be dialled at. */
  async start(): Promise<readonly string[]> {
    const { config, log } = this.options
    this.#host.start()
    for (const address of config.listen) await this.#listen(address)
    for (const address of config.dial) {
      const { transport, options } = await this.#transport(address)
      const dial = async (signal: AbortSignal): Promise<void> =>
        this.#serve(await transport.dial(address, options, signal), true, signal)
      this.#dialling.push(new Dialling(address, dial, log))
    }
    return this.#listening.map(({ address }) => address)
  }

  /** An address may come to be there later, as with DHCP: then it is tried again. */
  async #listen(address: string): Promise<void> {
    const { log } = this.options
    const { transport, options } = await this.#transport(address)
    const accept = (stream: Duplex): void => void this.#accept(stream)
    try {
      const listener = await transport.listen(address, options, accept)
      this.#listening.push(listener)
      log.info(`listening at ${listener.address}`)
    } catch (error) {
      if (!isOfThisMoment(error)) throw error
      log.problem(error)
      const timer = setTimeout(
        () => void this.#listen(address).catch((other: unknown) => log.problem(other)),
        listenAgain,
      )
      this.#again.push(timer)
    }
  }

  /** Nobody is listened to any more; what runs goes on until it has ended. */
  async stop(): Promise<void> {
    for (const dialling of this.#dialling) dialling.stop()
    for (const timer of this.#again) clearTimeout(timer)
    await Promise.all(this.#listening.map((listener) => listener.close()))
    await this.#host.stop()
    for (const link of this.#links) link.destroy()
  }

  async #transport(address: string) {
    const transport = await this.options.kernel.transportOf(address)
    const given = this.options.config.transports[transport.name] ?? {}
    const parsed = z.strictObject(transport.options).safeParse(given, { jitless: true })
    if (parsed.success) return { transport, options: parsed.data }
    const [issue] = parsed.error.issues
    const where = ['transports', transport.name, ...(issue?.path ?? [])].join('.')
    throw new ProveError('PRV_AGENT_CONFIG', `"${where}" in the configuration: ${issue?.message ?? 'wrong value'}`)
  }

  async #accept(stream: Duplex): Promise<void> {
    stream.on('error', () => undefined)
    const known = this.#strangers.enter(stream)
    await this.#serve(stream, false, undefined, known)
      .catch((error: unknown) => this.options.log.problem(error))
      .finally(known)
  }

  /** Speaks with the master at the other end, if it is one of ours. */
  async #serve(connection: Duplex, dialled: boolean, signal?: AbortSignal, known?: () => void): Promise<void> {
    const { keys, config, version, plugins, token, log } = this.options
    const { stream, peer } = await secure(connection, { identity: keys.identity, dialled, timeout: handshake, signal })
    const link = new Connection(stream, peer, usualLiveness)
    const isOurs = keys.obeys(peer)
    const { incoming } = await greet(link, {
      own: {
        role: 'agent',
        version,
        name: config.name ?? hostname(),
        // A token is for our master alone.
        ...(token === undefined || !isOurs ? {} : { token }),
        ...(isOurs ? { plugins: [...plugins], node: process.versions.node } : {}),
      },
      judge: () => (isOurs ? undefined : notOurs(peer)),
      timeout: handshake,
    })
    known?.()
    this.#links.add(link)
    log.info(`a master is here: ${peer}`)
    try {
      this.options.admitted?.()
      keys.met(peer)
      await serveLink(link, incoming, this.#host.requests)
      log.info(`the master has gone: ${peer}`)
    } finally {
      this.#links.delete(link)
      link.destroy()
    }
  }
}

/** Milliseconds after which an address that could not be listened at is tried again. */
const listenAgain = 5000

const isOfThisMoment = (error: unknown): boolean =>
  knownErrors(error).some(({ code }) => code === 'PRV_TRANSPORT_LISTEN')

const notOurs = (peer: string) => ({
  code: 'PRV_LINK_REFUSED',
  message: `this agent does not obey the master ${peer}`,
  hint: 'if it is to, add that fingerprint to "masters" in /etc/prove-agent/agent.json on its host',
})
