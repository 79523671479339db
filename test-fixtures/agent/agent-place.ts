import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Agent, AgentKeys, type AgentOptions, type Log, readAgentConfig } from '@prove/agent'
import {
  coreVersion,
  createKernel,
  type InvocationEvent,
  type Plugin,
  type ProveEvent,
  spawnStream,
  type TargetSummary,
} from '@prove/core'
import type { Executor } from '@prove/core'
import { apart, eventsOf, program } from '../cli/prove.js'
import { usualRun } from '../usual-run.js'
import { KeyRing, ownIdentity } from '@prove/link'
import { standardPlugins } from '../../cli/src/load-kernel.js'
import { openProject } from '../../cli/src/project.js'
import { runOperation } from '../../cli/src/run/run-operation.js'

/** What one operation told, of one target. */
export interface Told {
  readonly events: readonly ProveEvent[]
  readonly lines: readonly InvocationEvent[]
  readonly summary: TargetSummary
  readonly exit: number
}

interface Asked {
  /** Of `site.yml`. */
  readonly states?: string
  /** State files by their names without extension, as plain data. */
  readonly units?: Readonly<Record<string, unknown>>
  readonly environment?: string
  /** Where the catalog lies, below the place. */
  readonly folder?: string
  /** What sources are found by. */
  readonly files?: Readonly<Record<string, Buffer>>
  readonly input?: unknown
  /** Of the master, beside the standard ones. */
  readonly plugins?: readonly Plugin[]
}

const standard = await standardPlugins()
const kernel = createKernel(standard)
const standardNames = kernel.plugins.map(({ name }) => ({ name }))

/** A folder with the keys of a master, agents on this machine, and catalogs that they are brought to. */
export class AgentPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'prove-agent-'))
  readonly ring = new KeyRing(join(this.folder, 'keys'))
  /** What agents have logged. */
  readonly logged: string[] = []
  readonly #agents: Agent[] = []
  readonly #before = process.env['PROVE_KEYS']
  /** Where programs of a test are, which its agents find. */
  programs = ''

  constructor() {
    process.env['PROVE_KEYS'] = this.ring.folder
  }

  /** A path below the folder. */
  at(...names: readonly string[]): string {
    return join(this.folder, ...names)
  }

  write(name: string, text: string): string {
    const path = this.at(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  /** An agent in this process; unless told otherwise it listens over TCP, and the master has accepted its key as that of `name`. */
  async agent(
    name: string,
    more: Partial<AgentOptions['config']> & {
      readonly accepted?: boolean
      readonly token?: string
      readonly plugins?: AgentOptions['plugins']
    } = {},
  ): Promise<{ readonly agent: Agent; readonly address: string; readonly fingerprint: string }> {
    const { accepted = true, token, plugins = standardNames, ...config } = more
    const identity = ownIdentity(this.at(name, 'agent.key'))
    if (accepted) this.ring.accept({ fingerprint: identity.fingerprint, name })
    const log: Log = {
      info: (line) => void this.logged.push(line),
      problem: (error) => void this.logged.push(String(error)),
    }
    const settings = {
      masters: [this.ring.identity().fingerprint],
      listen: ['tcp://127.0.0.1:0'],
      ...config,
    }
    const files = {
      config: this.write(`${name}/agent.json`, JSON.stringify(settings)),
      key: this.at(name, 'agent.key'),
    }
    const parsed = readAgentConfig(files.config)
    const agent = new Agent({
      config: parsed,
      keys: new AgentKeys(files, parsed),
      kernel,
      local: this.#local(name),
      stateFolder: this.at(name, 'state'),
      version: coreVersion,
      plugins,
      token,
      log,
    })
    const [address = ''] = await agent.start()
    this.#agents.push(agent)
    return { agent, address, fingerprint: identity.fingerprint }
  }

  /** Runs an operation as the command line does, in this process. `targets` are as in a configuration. */
  async run(operation: string, targets: Readonly<Record<string, unknown>>, asked: Asked = {}): Promise<Told> {
    const { input, plugins = [] } = asked
    const { folder, files } = this.#write(targets, asked)
    const events: ProveEvent[] = []
    const opened = await openProject(folder)
    const own = plugins.map((plugin) => ({ asked: plugin.name, plugin }))
    const project = {
      ...opened,
      ...(own.length === 0 ? {} : { kernel: createKernel([...standard, ...own]) }),
      facts: { get: () => undefined, put: () => undefined },
    }
    const exit = await runOperation(
      project,
      { ...usualRun, operation, states: files, input },
      { event: (event) => void events.push(event), end: () => undefined },
      { take: () => undefined },
    )
    return toldBy(events, exit)
  }

  /** The same by the built command line, for agents that are built as well: what was built differs from what runs here. */
  async runBuilt(operation: string, targets: Readonly<Record<string, unknown>>, asked: Asked = {}): Promise<Told> {
    const { folder, files } = this.#write(targets, asked)
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), XDG_STATE_HOME: join(folder, 'state') }
    const words = [program, operation, ...files, '-o', 'json']
    const child = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (bytes: Buffer) => (stdout += String(bytes)))
    const [exit] = (await once(child, 'close')) as [number]
    return toldBy(eventsOf({ stdout }), exit)
  }

  /** A catalog, in a folder of its own unless one is named. */
  #write(
    targets: Readonly<Record<string, unknown>>,
    { states, units = {}, environment, files = {}, folder: named }: Asked,
  ) {
    const folder = named === undefined ? mkdtempSync(this.at('catalog-')) : this.at(named)
    mkdirSync(join(folder, 'files'), { recursive: true })
    const config = { name: 'prove-agent-tests', targets, environment }
    writeFileSync(join(folder, 'prove.config.json'), JSON.stringify(config))
    const written = states === undefined ? [] : [join(folder, 'site.yml')]
    if (states !== undefined) writeFileSync(join(folder, 'site.yml'), states)
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'files', name), bytes)
    for (const [name, data] of Object.entries(units)) {
      written.push(join(folder, `${name}.json`))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(data))
    }
    return { folder, files: written }
  }

  /** This machine, with a state folder and scratch of its own for each agent: they are hosts of their own. */
  #local(name: string): Executor {
    const [state, run] = [this.at(name, 'var'), this.at(name, 'run')]
    for (const folder of [state, run]) mkdirSync(folder, { recursive: true })
    return {
      name: 'local',
      about: 'A host of a test.',
      options: {},
      open: (_options, command) => {
        const env = {
          ...definedEnv(),
          ...(this.programs === '' ? {} : { PATH: `${this.programs}:${process.env['PATH'] ?? ''}` }),
        }
        return spawnStream(apart(state, run, ['/bin/sh', '-c', command]), { hint: '', env })
      },
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.stop()))
    if (this.#before === undefined) delete process.env['PROVE_KEYS']
    else process.env['PROVE_KEYS'] = this.#before
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const toldBy = (events: readonly ProveEvent[], exit: number): Told => {
  const last = events.at(-1)
  const summary = last?.type === 'summary' ? Object.values(last.targets)[0] : undefined
  if (summary === undefined) throw new Error(`no summary: ${JSON.stringify(events)}`)
  const lines = events.filter((event): event is InvocationEvent => event.type === 'invocation')
  return { events, lines, summary, exit }
}

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
