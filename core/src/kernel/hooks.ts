import { AsyncSeriesHook, SyncHook } from 'tapable'
import type { CompiledState } from '../contracts/compiled.js'
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
import type { ProveEvent } from '../engine/event.js'
import { knownErrors, messageOf, ProveError } from '../error.js'
import type { ProveConfig } from './config.js'
import type { Registry } from './registry.js'

/** Fills a registry. This is the one file that knows tapable. */
export type RegistryHook<T extends { readonly name: string }> = SyncHook<[Registry<T>]>

const registryHook = <T extends { readonly name: string }>(): RegistryHook<T> => new SyncHook(['registry'])

/** The registries that a plugin fills. Each plugin taps hooks of its own, so that one can come later than the others. */
export const registryHooks = () => ({
  loaders: registryHook<Loader>(),
  renderers: registryHook<Renderer>(),
  inventories: registryHook<InventoryFormat>(),
  factSources: registryHook<FactSource>(),
  stateFunctions: registryHook<StateFunction>(),
  metaStates: registryHook<MetaState>(),
  readKinds: registryHook<ReadKind>(),
  stepKinds: registryHook<StepKind>(),
  executors: registryHook<AnyExecutor>(),
  transports: registryHook<Transport>(),
  operations: registryHook<Operation>(),
  reports: registryHook<ReportFormat>(),
})

/** The moments of a run, which all plugins share. */
export const createMoments = () => {
  const moments = {
    /** The configuration was read. */
    configure: new SyncHook<[ProveConfig]>(['config']),
    /** The states of a target were compiled. */
    compile: new SyncHook<[string, readonly CompiledState[]]>(['target', 'states']),
    /** A target is about to be planned or applied. */
    plan: new AsyncSeriesHook<[string]>(['target']),
    apply: new AsyncSeriesHook<[string]>(['target']),
    /** Something happened that a person or program may want to know. */
    report: new SyncHook<[ProveEvent]>(['event']),
  }
  for (const hook of Object.values(moments)) attribute(hook)
  return moments
}

export type Moments = ReturnType<typeof createMoments>

/** Where plugins take part: registries to fill, and moments of a run. A tap carries its plugin's name. */
export type Hooks = ReturnType<typeof registryHooks> & Moments

/**
 * Fills a registry from the taps of a plugin; what a tap registers, and what it throws, is its plugin's. `place` is that
 * of the plugin among all.
 */
export const fill = <T extends { readonly name: string }>(
  hook: RegistryHook<T>,
  registry: Registry<T>,
  place: number,
): void => {
  if (!hook.isUsed()) return
  hook.intercept({ tap: ({ name }) => registry.belongsTo(name, place) })
  attribute(hook)
  hook.call(registry)
}

/** What a tap throws is told with the name of its plugin. */
const attribute = (hook: Pick<SyncHook<unknown>, 'intercept'>): void => {
  hook.intercept({
    register: (tap) => {
      const inner = tap.fn as (...args: readonly unknown[]) => unknown
      const fail = (error: unknown): never => {
        if (knownErrors(error).length > 0) throw error
        throw new ProveError('PRV_PLUGIN_FAILED', `the plugin "${tap.name}" failed: ${messageOf(error)}`, {
          cause: error,
        })
      }
      const fn = (...args: readonly unknown[]): unknown => {
        try {
          const result = inner(...args)
          return result instanceof Promise ? result.catch(fail) : result
        } catch (error) {
          return fail(error)
        }
      }
      return { ...tap, fn }
    },
  })
}
