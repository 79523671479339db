import type { AnyExecutor } from '../contracts/executor.js'
import type { FactSource } from '../contracts/facts.js'
import type { InventoryFormat, Loader, Renderer } from '../contracts/loader.js'
import type { MetaState } from '../contracts/meta-state.js'
import type { Operation } from '../contracts/operation.js'
import type { ReadKind } from '../contracts/read.js'
import type { ReportFormat } from '../contracts/report.js'
import type { StateFunction } from '../contracts/state-function.js'
import type { StepKind } from '../contracts/step.js'
import type { Transport } from '../contracts/transport.js'
import { ProveError } from '../error.js'
import { isMap } from '../json.js'
import type { Hooks, RegistryHook } from './hooks.js'
import { coreVersion, inRange } from './version.js'

/** What a plugin brings. Lists are sugar for taps; `apply` may tap anything. */
export interface PluginDefinition {
  readonly name: string
  /** The versions of the core that it works with: `^0.1.0`. */
  readonly core: string
  /** What it was built from: a version and a hash. An agent must have the same; filled in by our build. */
  readonly build?: string
  readonly loaders?: readonly Loader[]
  readonly renderers?: readonly Renderer[]
  readonly inventories?: readonly InventoryFormat[]
  readonly facts?: readonly FactSource[]
  readonly states?: readonly StateFunction[]
  readonly metas?: readonly MetaState[]
  readonly reads?: readonly ReadKind[]
  readonly steps?: readonly StepKind[]
  readonly executors?: readonly AnyExecutor[]
  readonly transports?: readonly Transport[]
  readonly operations?: readonly Operation[]
  readonly reports?: readonly ReportFormat[]
  readonly apply?: (hooks: Hooks) => void
}

export interface Plugin {
  readonly name: string
  readonly core: string
  readonly build?: string
  apply(hooks: Hooks): void
}

const lists = {
  loaders: 'loaders',
  renderers: 'renderers',
  inventories: 'inventories',
  facts: 'factSources',
  states: 'stateFunctions',
  metas: 'metaStates',
  reads: 'readKinds',
  steps: 'stepKinds',
  executors: 'executors',
  transports: 'transports',
  operations: 'operations',
  reports: 'reports',
} as const

/** A plugin out of what it brings. */
export const definePlugin = (definition: PluginDefinition): Plugin => ({
  name: definition.name,
  core: definition.core,
  ...(definition.build === undefined ? {} : { build: definition.build }),
  apply(hooks) {
    for (const [list, hook] of Object.entries(lists) as [keyof typeof lists, (typeof lists)[keyof typeof lists]][]) {
      const items = definition[list]
      if (items !== undefined) tapList(hooks[hook] as unknown as RegistryHook<{ name: string }>, definition.name, items)
    }
    definition.apply?.(hooks)
  },
})

const tapList = (hook: RegistryHook<{ name: string }>, plugin: string, items: readonly { name: string }[]): void => {
  hook.tap(plugin, (registry) => {
    for (const item of items) registry.add(item)
  })
}

/** Refuses what is no plugin, or one for another core, by the name it was asked for. */
export const assertPlugin = (value: unknown, asked: string): Plugin => {
  if (!isMap(value) || typeof value['name'] !== 'string' || typeof value['apply'] !== 'function') {
    throw new ProveError('PRV_PLUGIN_SHAPE', `"${asked}" is not a plugin`, {
      hint: 'its default export must come from definePlugin',
    })
  }
  const { name, core } = value
  const fits = typeof core === 'string' ? inRange(coreVersion, core) : undefined
  if (fits === undefined) {
    throw new ProveError('PRV_PLUGIN_SHAPE', `the plugin "${name}" says no usable range of core versions`, {
      hint: `write core: '^${coreVersion}' in its definePlugin`,
    })
  }
  if (!fits) {
    throw new ProveError(
      'PRV_PLUGIN_CORE_RANGE',
      `the plugin "${name}" is for core ${String(core)}, this is ${coreVersion}`,
      {
        hint: 'install a version of the plugin that fits',
      },
    )
  }
  return value as unknown as Plugin
}

/** Lets a plugin tap; what it throws is told with its name. */
export const applyPlugin = (plugin: Plugin, hooks: Hooks): void => {
  try {
    plugin.apply(hooks)
  } catch (error) {
    if (error instanceof ProveError) throw error
    throw new ProveError('PRV_PLUGIN_FAILED', `the plugin "${plugin.name}" failed: ${String(error)}`, { cause: error })
  }
}
