import { type CompiledState, createKernel, type Kernel } from '@prove/core'
import executorLocal, { localExecutor } from '@prove/executor-local'
import stateCmd from '@prove/state-cmd'
import stateFile from '@prove/state-file'
import { MasterBlobStore } from '../catalog/src/blob-store.js'
import { compile } from '../catalog/src/compile.js'
import { Diagnostics } from '../catalog/src/diagnostics.js'
import { parseStates } from '../catalog/src/parse-states.js'
import { invocationsOf, type PartInvocation } from '../core/src/engine/invocation.js'
import type { LockOwner } from '../core/src/wire/lock.js'
import { openSession, type ShellSession } from '../core/src/wire/shell-session.js'
import { loadedOf } from './loaded-of.js'

/** The shipped plugins, a blob store, and real sessions on this machine. */
export class LocalGround {
  readonly kernel: Kernel = createKernel(
    [executorLocal, stateCmd, stateFile].map((plugin) => ({ asked: plugin.name, plugin })),
  )
  readonly blobs = new MasterBlobStore()

  open(options: { shell?: string; env?: Record<string, string>; lock?: LockOwner } = {}): Promise<ShellSession> {
    const { shell = '/bin/sh', env, lock } = options
    return openSession({
      open: (command) => localExecutor.open({ shell, env }, command),
      kinds: this.kernel.kinds,
      blobs: this.blobs,
      lock,
    })
  }

  /** Compiles states given as plain data. Throws what is wrong with them. */
  compile(data: unknown, filesFolder = '/nonexistent'): readonly CompiledState[] {
    const diagnostics = new Diagnostics()
    const { functions } = this.kernel
    return compile(
      [{ name: 'test', states: parseStates(loadedOf(data), diagnostics) }],
      {
        functions: { get: (name) => functions.get(name), names: functions.names, hintFor: () => undefined },
        blobs: this.blobs,
        filesFolder,
      },
      diagnostics,
    )
  }

  invocations(data: unknown): readonly PartInvocation[] {
    return invocationsOf(this.compile(data), (name) => {
      const fn = this.kernel.functions.get(name)
      if (fn === undefined) throw new Error(`no function ${name}`)
      return fn
    })
  }
}
