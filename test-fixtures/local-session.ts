import { type CompiledState, createKernel, type Kernel, type Plugin, type StateFunction } from '@prove/core'
import executorLocal, { localExecutor } from '@prove/executor-local'
import metaCore from '@prove/meta-core'
import stateCmd from '@prove/state-cmd'
import stateFile from '@prove/state-file'
import { MasterBlobStore } from '../catalog/src/blob-store.js'
import { compile } from '../catalog/src/compile.js'
import { Errors } from '../catalog/src/diagnostics.js'
import { noScope } from '../catalog/src/no-scope.js'
import { parseStates } from '../catalog/src/parse-states.js'
import { Sources } from '../catalog/src/sources.js'
import type { Step, StepResult } from '../core/src/contracts/step.js'
import { turnsOf, type Turn } from '../core/src/engine/invocation.js'
import type { LockOwner } from '../core/src/wire/lock.js'
import type { OpenStream } from '../core/src/wire/open-shell.js'
import { openSession } from '../core/src/wire/open-session.js'
import type { ShellSession } from '../core/src/wire/shell-session.js'
import { loadedOf } from './loaded-of.js'
import type { LocalOptions } from './shells.js'

/** Shipped plugins, a blob store, and real sessions on this machine. */
export class LocalGround {
  readonly kernel: Kernel
  readonly blobs = new MasterBlobStore()

  /** With more plugins than every test needs. */
  constructor(plugins: readonly Plugin[] = []) {
    const all = [executorLocal, metaCore, stateCmd, stateFile, ...plugins]
    this.kernel = createKernel(all.map((plugin) => ({ asked: plugin.name, plugin })))
  }

  open(options: { shell?: string; env?: Record<string, string>; lock?: LockOwner } = {}): Promise<ShellSession> {
    const { shell = '/bin/sh', env, lock } = options
    const here = { target: 'local', host: 'localhost' }
    return this.openOver((command) => localExecutor.open({ shell, env }, command, here), lock)
  }

  /** Performs steps, one after the other, in a session of their own; how each ended. */
  async perform(options: LocalOptions, steps: readonly Step[]): Promise<readonly (StepResult | undefined)[]> {
    const session = await this.open(options)
    try {
      const numbered = steps.map((step, i) => ({ number: i + 1, needs: [], step }))
      const { results } = await session.perform([{ steps: numbered, proof: [] }], [])
      return numbered.map(({ number }) => results.get(number))
    } finally {
      await session.close()
    }
  }

  /** A session over a stream that any executor opens. */
  openOver(open: OpenStream, lock?: LockOwner): Promise<ShellSession> {
    return openSession({ open, kinds: this.kernel.kinds, blobs: this.blobs, lock })
  }

  /** Compiles states given as plain data, and those of other files by their ids. Throws what is wrong with them. */
  compile(
    data: unknown,
    folder = '/nonexistent',
    others: Readonly<Record<string, unknown>> = {},
  ): readonly CompiledState[] {
    const errors = new Errors()
    const { functions, metas, lateReads, renderers } = this.kernel
    const units = Object.entries({ test: data, ...others }).map(([id, each]) => {
      const file = `${id}.yml`
      const states = parseStates(loadedOf(each, file), errors)
      return { id, prefix: '', component: undefined, file, states, context: noScope, chain: [] }
    })
    const ground = {
      // Catalogs of the tests may well write a path twice: what the compiler refuses is still to be right.
      functions: {
        get: (name: string) => shared(functions.get(name)),
        names: functions.names,
        hintFor: () => undefined,
      },
      metas,
      lateReads,
      blobs: this.blobs,
      sources: new Sources(folder, this.blobs, renderers),
      shared: new WeakMap(),
    }
    const compiled = compile(units, ground, errors)
    errors.throwIfAny()
    return compiled.states
  }

  turns(data: unknown, others: Readonly<Record<string, unknown>> = {}): readonly Turn[] {
    const { kinds } = this.kernel
    const functionOf = (name: string): StateFunction => {
      const fn = this.kernel.functions.get(name)
      if (fn === undefined) throw new Error(`no function ${name}`)
      return fn
    }
    return turnsOf(this.compile(data, undefined, others), { functionOf, kinds, blobs: this.blobs })
  }
}

/** Whose notifications targets keep in tests. */
export const owner = { catalog: 'prove-tests', environment: String(process.pid) }

/** The function without a claim on its path. */
const shared = (fn: StateFunction | undefined): StateFunction | undefined =>
  fn?.owns === undefined
    ? fn
    : (Object.fromEntries(Object.entries(fn).filter(([name]) => name !== 'owns')) as unknown as StateFunction)
