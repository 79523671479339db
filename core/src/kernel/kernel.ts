import type { Executor } from '../contracts/executor.js'
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
import type { Kinds } from '../wire/session-options.js'
import { attributeMoments, createHooks, fill, type Hooks } from './hooks.js'
import { applyPlugin, assertPlugin, type Plugin } from './plugin.js'
import { Registry } from './registry.js'

const has =
  (...methods: readonly string[]) =>
  (item: object): boolean =>
    methods.every((method) => typeof (item as Record<string, unknown>)[method] === 'function')

/** The registries, filled by the plugins. */
export interface Kernel {
  readonly hooks: Hooks
  readonly plugins: readonly Plugin[]
  readonly loaders: Registry<Loader>
  readonly renderers: Registry<Renderer>
  readonly inventories: Registry<InventoryFormat>
  readonly factSources: Registry<FactSource>
  readonly functions: Registry<StateFunction>
  readonly metas: Registry<MetaState>
  readonly executors: Registry<Executor>
  readonly transports: Registry<Transport>
  readonly operations: Registry<Operation>
  readonly reports: Registry<ReportFormat>
  readonly kinds: Kinds
  /** Which kinds of reads and steps need a program of the target, by the program. */
  readonly toolUsers: ReadonlyMap<string, readonly string[]>
  /** How late values ask the kinds of reads that they can, by name. */
  readonly lateReads: ReadonlyMap<string, LateRead>
  /** Every name that a fact of a target may have. */
  readonly factNames: ReadonlySet<string>
}

/** Applies the plugins, in order, and fills the registries. A bad plugin is refused by name. */
export const createKernel = (candidates: readonly { readonly asked: string; readonly plugin: unknown }[]): Kernel => {
  const hooks = createHooks()
  const plugins = [corePlugin, ...candidates.map(({ asked, plugin }) => assertPlugin(plugin, asked))]
  attributeMoments(hooks)
  for (const plugin of plugins) applyPlugin(plugin, hooks)
  const reads = fill(hooks.readKinds, new Registry<ReadKind>('kind of read', has('script', 'parse')))
  const steps = fill(hooks.stepKinds, new Registry<StepKind>('kind of step', has('command')))
  const kinds = [...reads.all, ...steps.all]
  const tools = [...new Set(kinds.flatMap((kind) => kind.tools ?? []))]
  const asked = [...new Set([...tools, ...reads.all.flatMap(({ looksFor = [] }) => looksFor)])]
  const factSources = fill(hooks.factSources, new Registry<FactSource>('source of facts', isFactSource))
  return {
    hooks,
    plugins,
    loaders: fill(hooks.loaders, new Registry<Loader>('loader', isLoader)),
    renderers: fill(hooks.renderers, new Registry<Renderer>('renderer', has('render'))),
    inventories: fill(hooks.inventories, new Registry<InventoryFormat>('inventory format', has('read'))),
    factSources,
    factNames: new Set([...basicFactNames, ...factSources.all.flatMap(({ facts }) => Object.keys(facts))]),
    functions: fill(hooks.stateFunctions, new Registry<StateFunction>('state function', isStateFunction)),
    metas: fill(hooks.metaStates, new Registry<MetaState>('meta-state', isMetaState)),
    executors: fill(hooks.executors, new Registry<Executor>('executor', has('open'))),
    transports: fill(hooks.transports, new Registry<Transport>('transport', isTransport)),
    operations: fill(hooks.operations, new Registry<Operation>('operation', has('command', 'action'))),
    reports: fill(hooks.reports, new Registry<ReportFormat>('report', has('begin'))),
    lateReads: new Map(reads.all.flatMap(({ name, late }) => (late === undefined ? [] : [[name, late]]))),
    kinds: {
      read: (name) => mustHave(reads, name),
      step: (name) => mustHave(steps, name),
      tools: asked,
    },
    toolUsers: new Map(
      tools.map((tool) => [tool, kinds.filter((kind) => kind.tools?.includes(tool) === true).map(({ name }) => name)]),
    ),
  }
}

const isLoader = (item: Loader): boolean => has('load', 'isStatic')(item) && Array.isArray(item.extensions)

const isFactSource = (item: FactSource): boolean =>
  has('parse')(item) && typeof item.script === 'string' && isMap(item.facts)

const isStateFunction = (item: StateFunction): boolean => has('reads', 'check', 'apply')(item) && isCalled(item)

const isMetaState = (item: MetaState): boolean => has('shape')(item) && isCalled(item)

/** Its name is the scheme of its addresses. */
const isTransport = (item: Transport): boolean =>
  has('listen', 'dial')(item) && /^[a-z][a-z0-9-]*$/.test(item.name) && isMap(item.options)

/** What states call by its name, with arguments. */
const isCalled = ({ name, args, main }: Pick<MetaState, 'name' | 'args' | 'main'>): boolean =>
  /^[a-z][\w-]*\.[a-z][\w-]*$/.test(name) && typeof args === 'object' && (main === undefined || main in args)

/** A state function that names an unregistered kind is a bug of its plugin, not of the user. */
const mustHave = <T extends { readonly name: string }>(registry: Registry<T>, name: string): T => {
  const item = registry.get(name)
  if (item === undefined) throw new Error(`no plugin registers the ${registry.what} "${name}"`)
  return item
}
