import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { type Kernel, knownErrors, type Listener as Listening, ProveError, reachByShell, z } from '@prove/core'
import type { Executor } from '@prove/core'
import { Connection, greet, type PluginShown, secure, Strangers, usualLiveness } from '@prove/link'
import type { AgentConfig } from './agent-config.js'
import type { AgentKeys } from './agent-keys.js'
import { ContentStore } from './content-store.js'
import { Dialling } from './dialling.js'
import { keyOperation } from './key-operations.js'
import type { Log } from './log.js'
import { RecordedSession } from './recorded-session.js'
import type { Reported } from './report.js'
import type { RequestRun } from './request-run.js'
import { Requests } from './requests.js'
import { serveLink } from './serve-link.js'

export interface AgentOptions {
  readonly config: AgentConfig
  readonly keys: AgentKeys
  readonly kernel: Kernel
  /** How it reaches the host that it is on. */
  readonly local: Executor
  /** Where it keeps what it must not forget. */
  readonly stateFolder: string
  readonly version: string
  readonly plugins: readonly PluginShown[]
  /** The word that lets it in where its key is not known yet. */
  readonly token?: string | undefined
  /** Called when a master has let it in: the word is used. */
  readonly admitted?: () => void
  readonly log: Log
}

/** Milliseconds for TLS, and as many for the hello. */
const handshake = 10_000

/** The daemon on a target: it obeys the masters that it was told of, over any transport, whoever dials. */
export class Agent {
  readonly #requests: Requests
  readonly #contents: ContentStore
  readonly #links = new Set<Connection>()
  readonly #listening: Listening[] = []
  readonly #dialling: Dialling[] = []
  readonly #strangers = new Strangers(64)

  constructor(private readonly options: AgentOptions) {
    const { stateFolder } = options
    this.#contents = new ContentStore(join(stateFolder, 'contents'))
    this.#requests = new Requests({
      folder: join(stateFolder, 'requests'),
      act: (run) => this.#act(run),
      lacks: (blob) => this.#contents.lacks(blob),
      needContents: (blobs, fetch) => this.#contents.need(blobs, fetch),
    })
  }

  /** Listens and dials as it is set up. Resolves to the addresses that it can be dialled at. */
  async start(): Promise<readonly string[]> {
    const { config, log } = this.options
    this.#contents.removeUnused(30)
    for (const address of config.listen) {
      const { transport, options } = await this.#transport(address)
      const accept = (stream: Duplex): void => void this.#accept(stream)
      const listener = await transport.listen(address, options, accept)
      this.#listening.push(listener)
      log.info(`listening at ${listener.address}`)
    }
    for (const address of config.dial) {
      const { transport, options } = await this.#transport(address)
      const dial = async (signal: AbortSignal): Promise<void> =>
        this.#serve(await transport.dial(address, options, signal), true, signal)
      this.#dialling.push(new Dialling(address, dial, log))
    }
    return this.#listening.map(({ address }) => address)
  }

  /** Nobody is listened to any more; what runs goes on until it has ended. */
  async stop(): Promise<void> {
    for (const dialling of this.#dialling) dialling.stop()
    await Promise.all(this.#listening.map((listener) => listener.close()))
    await Promise.all(this.#requests.open.map((run) => run.done))
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
        ...(isOurs ? { plugins: [...plugins] } : {}),
      },
      judge: () => (isOurs ? undefined : notOurs(peer)),
      timeout: handshake,
    })
    known?.()
    this.options.admitted?.()
    keys.met(peer)
    this.#links.add(link)
    log.info(`a master is here: ${peer}`)
    try {
      await serveLink(link, incoming, this.#requests)
      log.info(`the master has gone: ${peer}`)
    } finally {
      this.#links.delete(link)
    }
  }

  async #act(run: RequestRun): Promise<Reported> {
    const { kernel, local, log } = this.options
    const { operation: name, request, target, owner } = run.request
    const aboutKeys = keyOperation(this.options.keys, name, request)
    if (aboutKeys !== undefined) return { result: aboutKeys }
    const operation = kernel.operations.get(name)
    if (operation === undefined) {
      throw new ProveError('PRV_AGENT_REQUEST', `this agent has no operation "${name}"`, {
        hint: 'bring master and agent to versions of Prove that are alike',
      })
    }
    log.info(`${name} for ${owner.who}: request ${run.request.id}`)
    const ignored = new AbortController()
    const to = { target, host: 'localhost', signal: ignored.signal }
    const reached = await reachByShell({
      target,
      kernel,
      blobs: this.#contents,
      open: (command) => local.open({ shell: '/bin/sh' }, command, to),
      lock: operation.changes === true ? owner : undefined,
      around: (session) =>
        new RecordedSession(session, kernel, {
          begin: (steps, blobs) => run.begin(steps, blobs),
          end: (steps) => run.end(steps),
        }),
    })
    try {
      const { interruption, emit } = run
      const result = await reached.act(operation, request, { interruption, emit })
      return { result: { ...result }, facts: reached.allFacts }
    } catch (error) {
      if (knownErrors(error).length === 0) log.problem(error)
      throw error
    } finally {
      await reached.close()
      log.info(`${name} has ended: request ${run.request.id}`)
    }
  }
}

const notOurs = (peer: string) => ({
  code: 'PRV_LINK_REFUSED',
  message: `this agent does not obey the master ${peer}`,
  hint: 'if it is to, add that fingerprint to "masters" in /etc/prove-agent/agent.json on its host',
})
