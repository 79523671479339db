import type { AnyExecutor } from '../contracts/executor.js'
import type { FactSource } from '../contracts/facts.js'
import type { LateRead } from '../contracts/late.js'
import type { InventoryFormat, Loader, Renderer } from '../contracts/loader.js'
import type { MetaState } from '../contracts/meta-state.js'
import type { Operation } from '../contracts/operation.js'
import type { ReadKind } from '../contracts/read.js'
import type { ReportFormat } from '../contracts/report.js'
import type { StateFunction } from '../contracts/state-function.js'
import type { StepKind } from '../contracts/step.js'
import type { Transport } from '../contracts/transport.js'
import { isMap } from '../json.js'
import { basicFactNames } from '../contracts/basic-facts.js'
import { corePlugin } from '../core-plugin.js'
import { stateFieldNames } from '../define-states.js'
import type { Kinds } from '../wire/session-options.js'
import { createMoments, fill, type Hooks, type Moments, registryHooks } from './hooks.js'
import { type Brings, type LaterPlugin, LaterPlugins } from './later-plugins.js'
import { applyPlugin, assertPlugin, type Plugin } from './plugin.js'
import { Registry } from './registry.js'
import { transportOf } from './transport-of.js'

const has =
  (...methods: readonly string[]) =>
  (item: object): boolean =>
    methods.every((method) => typeof (item as Record<string, unknown>)[method] === 'function')

/** A plugin that is there, and the name that it was asked for by. */
interface Candidate {
  readonly asked: string
  readonly plugin: unknown
}

/** The registries, filled by the plugins. */
export interface Kernel {
  readonly hooks: Moments
  /** Those that were loaded. */
  readonly plugins: readonly Plugin[]
  readonly loaders: Registry<Loader>
  readonly renderers: Registry<Renderer>
  readonly inventories: Registry<InventoryFormat>
  readonly factSources: Registry<FactSource>
  readonly functions: Registry<StateFunction>
  readonly metas: Registry<MetaState>
  readonly executors: Registry<AnyExecutor>
  readonly transports: Registry<Transport>
  readonly operations: Registry<Operation>
  readonly reports: Registry<ReportFormat>
  readonly kinds: Kinds
  /** A function that is known to be there. */
  readonly functionOf: (name: string) => StateFunction
  /** The plugin that a state function comes from. */
  readonly pluginOf: (fn: string) => Plugin | undefined
  /** The transport of an address, by its scheme; brings its plugin. Throws PRV_TRANSPORT_UNKNOWN. */
  readonly transportOf: (address: string) => Promise<Transport>
  /** Which kinds of reads and steps need a program of the target, by the program. */
  readonly toolUsers: ReadonlyMap<string, readonly string[]>
  /** How late values ask the kinds of reads that they can, by name. */
  readonly lateReads: ReadonlyMap<string, LateRead>
  /** Every name that a fact of a target may have. */
  readonly factNames: ReadonlySet<string>
  /** Whether a plugin that is not loaded may bring this; anything of the kind, or anything at all, where no name is given. */
  lacks(kind?: keyof Brings, name?: string): boolean
  /** Loads those plugins. One that is bad is refused by name. */
  bring(kind?: keyof Brings, name?: string): Promise<void>
}

/** Applies the plugins, in order, and fills the registries. A bad plugin is refused by name. */
export const createKernel = (candidates: readonly (Candidate | LaterPlugin)[]): Kernel => {
  const reads = new Registry<ReadKind>('kind of read', has('script', 'parse'))
  const steps = new Registry<StepKind>('kind of step', has('command'))
  const factSources = new Registry<FactSource>('source of facts', isFactSource)
  const named = {
    loaders: new Registry<Loader>('loader', isLoader),
    renderers: new Registry<Renderer>('renderer', has('render')),
    inventories: new Registry<InventoryFormat>('inventory format', has('read')),
    factSources,
    functions: new Registry<StateFunction>('state function', isStateFunction),
    metas: new Registry<MetaState>('meta-state', isMetaState),
    executors: new Registry<AnyExecutor>('executor', (item) => has('open')(item) || has('reach')(item)),
    transports: new Registry<Transport>('transport', isTransport),
    operations: new Registry<Operation>('operation', has('command', 'action')),
    reports: new Registry<ReportFormat>('report', has('begin')),
  }
  const moments = createMoments()
  const taken: { readonly plugin: Plugin; readonly place: number }[] = []
  const take = (plugin: Plugin, place: number): void => {
    const hooks: Hooks = { ...registryHooks(), ...moments }
    applyPlugin(plugin, hooks)
    fill(hooks.readKinds, reads, place)
    fill(hooks.stepKinds, steps, place)
    fill(hooks.loaders, named.loaders, place)
    fill(hooks.renderers, named.renderers, place)
    fill(hooks.inventories, named.inventories, place)
    fill(hooks.factSources, named.factSources, place)
    fill(hooks.stateFunctions, named.functions, place)
    fill(hooks.metaStates, named.metas, place)
    fill(hooks.executors, named.executors, place)
    fill(hooks.transports, named.transports, place)
    fill(hooks.operations, named.operations, place)
    fill(hooks.reports, named.reports, place)
    taken.push({ plugin, place })
  }
  const kindsOfAll = (): readonly (ReadKind | StepKind)[] => [...reads.all, ...steps.all]
  const toolsOfAll = (): readonly string[] => [...new Set(kindsOfAll().flatMap((kind) => kind.tools ?? []))]
  const placed = candidates.map((each, i) => ({ each, place: i + 1 }))
  const atOnce = placed.flatMap(({ each, place }) =>
    'plugin' in each ? [{ plugin: assertPlugin(each.plugin, each.asked), place }] : [],
  )
  take(corePlugin, 0)
  for (const { plugin, place } of atOnce) take(plugin, place)
  const later = new LaterPlugins(
    placed.flatMap(({ each, place }) => ('load' in each ? [{ plugin: each, place }] : [])),
    take,
  )
  return {
    hooks: moments,
    ...named,
    kinds: {
      read: (name) => mustHave(reads, name),
      step: (name) => mustHave(steps, name),
      get tools() {
        return [...new Set([...toolsOfAll(), ...reads.all.flatMap(({ looksFor = [] }) => looksFor)])]
      },
    },
    get plugins() {
      return taken.toSorted((a, b) => a.place - b.place).map(({ plugin }) => plugin)
    },
    get factNames() {
      return new Set([...basicFactNames, ...factSources.all.flatMap(({ facts }) => Object.keys(facts))])
    },
    get lateReads() {
      return new Map(reads.all.flatMap(({ name, late }) => (late === undefined ? [] : [[name, late] as const])))
    },
    get toolUsers() {
      const usersOf = (tool: string): readonly string[] =>
        kindsOfAll().flatMap(({ tools = [], name }) => (tools.includes(tool) ? [name] : []))
      return new Map(toolsOfAll().map((tool) => [tool, usersOf(tool)]))
    },
    functionOf: (name) => mustHave(named.functions, name),
    pluginOf: (fn) => taken.find(({ plugin }) => plugin.name === named.functions.pluginOf(fn))?.plugin,
    transportOf: (address) => transportOf(address, named.transports, later),
    lacks: (kind, name) => later.lacks(kind, name),
    bring: (kind, name) => later.bring(kind, name),
  }
}

const isLoader = (item: Loader): boolean => has('load', 'isStatic')(item) && Array.isArray(item.extensions)

const isFactSource = (item: FactSource): boolean =>
  has('parse')(item) && typeof item.script === 'string' && isMap(item.facts)

const isStateFunction = (item: StateFunction): boolean | string =>
  has('reads', 'check', 'apply')(item) && isCalled(item)

const isMetaState = (item: MetaState): boolean | string => has('shape')(item) && isCalled(item)

/** Its name is the scheme of its addresses. */
const isTransport = (item: Transport): boolean =>
  has('listen', 'dial')(item) && /^[a-z][a-z0-9-]*$/.test(item.name) && isMap(item.options)

/** What states call by its name, with arguments: none of them may be taken for a field of the state. */
const isCalled = ({ name, args, main }: Pick<MetaState, 'name' | 'args' | 'main'>): boolean | string => {
  if (!/^[a-z][\w-]*\.[a-z][\w-]*$/.test(name) || typeof args !== 'object') return false
  const field = stateFieldNames.find((each) => Object.hasOwn(args, each))
  if (field !== undefined) return `its argument "${field}" has the name of a field that every state may have`
  return main === undefined || main in args
}

/** What was compiled, or registered, names what is there: all else is a bug of a plugin, not of the user. */
const mustHave = <T extends { readonly name: string }>(registry: Registry<T>, name: string): T => {
  const item = registry.get(name)
  if (item === undefined) throw new Error(`no plugin registers the ${registry.what} "${name}"`)
  return item
}
