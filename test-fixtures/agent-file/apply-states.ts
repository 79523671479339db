import { createHash } from 'node:crypto'
import {
  type Blob,
  blobKindOf,
  type BlobStore,
  type CompiledState,
  createKernel,
  Interruption,
  type ProveEvent,
  runTarget,
  type StateFunction,
  type TargetSummary,
  z,
} from '@prove/core'
import executorLocal, { localExecutor } from '@prove/executor-local'
import factsHost from '@prove/facts-host'
import metaCore from '@prove/meta-core'
import stateCmd from '@prove/state-cmd'
import stateFile from '@prove/state-file'
import stateGit from '@prove/state-git'
import stateNginx from '@prove/state-nginx'
import statePkg from '@prove/state-pkg'
import stateService from '@prove/state-service'
import stateSystem from '@prove/state-system'
import stateTls from '@prove/state-tls'
import stateUser from '@prove/state-user'

/** What an agent has inside: all that says or does anything on a target. */
const plugins = [
  executorLocal,
  factsHost,
  metaCore,
  stateCmd,
  stateFile,
  stateGit,
  stateNginx,
  statePkg,
  stateService,
  stateSystem,
  stateTls,
  stateUser,
]

/** A state of one part, with texts where a compiled one has blobs. */
export interface AskedState {
  readonly id: string
  readonly fn: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Texts by their hash. */
class Texts implements BlobStore {
  readonly #bytes = new Map<string, Buffer>()

  addText(text: string): Blob {
    const bytes = Buffer.from(text)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#bytes.set(sha256, bytes)
    return { sha256, size: bytes.length }
  }

  async *open({ sha256 }: Blob): AsyncIterable<Buffer> {
    const bytes = this.#bytes.get(sha256)
    if (bytes === undefined) throw new Error(`no content with the hash ${sha256}`)
    yield bytes
  }

  peek({ sha256 }: Blob): Buffer | undefined {
    return this.#bytes.get(sha256)
  }
}

const place = { file: 'standard input', line: 1, column: 1 }

const compiled = ({ id, args }: AskedState, fn: StateFunction, blobs: BlobStore): CompiledState => {
  const shape = fn.args
  const withBlobs = Object.entries(args).map(([name, value]) => {
    const isText = blobKindOf(shape[name])?.kind === 'text'
    return [name, isText ? { ...blobs.addText(String(value)), text: value } : value]
  })
  const data = z.strictObject(shape).parse(Object.fromEntries(withBlobs))
  const part = { fn: fn.name, args: data, guards: { unless: [], onlyif: [] }, run: {}, place }
  return { id: `spike:${id}`, parts: [part], requires: [], lazy: false, notifications: [], place }
}

/** Applies states to this machine, by the engine and the plugins that an agent has. */
export const applyStates = (
  asked: readonly AskedState[],
  emit: (event: ProveEvent) => void,
): Promise<TargetSummary> => {
  const kernel = createKernel(plugins.map((plugin) => ({ asked: plugin.name, plugin })))
  const operation = kernel.operations.get('apply')
  if (operation === undefined) throw new Error('there is no operation "apply"')
  const blobs = new Texts()
  blobs.addText('')
  const states = asked.map((each) => compiled(each, kernel.functionOf(each.fn), blobs))
  const owner = { catalog: 'spike', environment: 'spike' }
  return runTarget({
    target: 'here',
    operation,
    inputFor: async () => ({ states, speculate: true, owner }),
    host: 'localhost',
    executor: localExecutor,
    options: { shell: '/bin/sh' },
    kernel,
    blobs,
    owner: { who: 'spike', since: new Date().toISOString() },
    interruption: new Interruption(),
    emit,
  })
}
