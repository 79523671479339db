import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { type Catalog, openCatalog } from '@prove/catalog'
import {
  coreVersion,
  didYouMean,
  type Elevation,
  Interruption,
  type Kernel,
  noBlobs,
  type ProveConfig,
  ProveError,
  type ProveEvent,
  ProveErrors,
  runTarget,
  type TargetSummary,
  z,
} from '@prove/core'
import { askPassword } from './ask-password.js'
import { exitCodeOf } from './exit-code.js'
import { hintForFunction } from './load-kernel.js'

export interface RunOptions {
  readonly operation: string
  /** Names of targets; all of them when empty. */
  readonly targets: readonly string[]
  /** State files of plan and apply. */
  readonly files: readonly string[]
  /** What other operations are given. */
  readonly input: unknown
  readonly speculate: boolean
  readonly askPassword: boolean
  readonly elevate: string | undefined
  readonly detailedExitCode: boolean
  readonly emit: (event: ProveEvent) => void
}

type Target = ProveConfig['targets'][string]

const thisMachine: Target = { executor: 'local', options: {} }

/** Runs an operation on its targets, each on its own, and returns the exit status. */
export const runOperation = async (kernel: Kernel, config: ProveConfig, options: RunOptions): Promise<number> => {
  const began = performance.now()
  const operation = kernel.operations.get(options.operation)
  if (operation === undefined) throw new ProveError('PRV_USAGE', `there is no operation "${options.operation}"`)
  const targets = chosenTargets(config, options.targets)
  const catalog = await catalogOf(kernel, config, options)
  const password = options.askPassword ? onceOnly(() => askPassword('password for elevation: ')) : undefined
  // What is wrong with one target is said before any other is reached.
  const ways = Object.entries(targets).map(([name, target]) => ({
    name,
    ...executorOf(kernel, name, target),
    elevation: elevationOf(target, options.elevate, password),
  }))
  const started = new Date().toISOString()
  const emit = (event: ProveEvent): void => {
    kernel.hooks.report.call(event)
    options.emit(event)
  }
  emit({
    type: 'run',
    id: randomUUID(),
    operation: operation.name,
    started,
    version: coreVersion,
    targets: Object.keys(targets),
  })
  const interruption = new Interruption()
  const stopListening = listen(interruption)
  const input = catalog === undefined ? options.input : requestOf(kernel, catalog, options)
  try {
    const summaries = await Promise.all(
      ways.map(async ({ name, ...way }): Promise<[string, TargetSummary]> => {
        if (catalog !== undefined) {
          kernel.hooks.compile.call(name, catalog.states)
          await (operation.changes === true ? kernel.hooks.apply : kernel.hooks.plan).promise(name)
        }
        const summary = await runTarget({
          target: name,
          operation,
          input,
          ...way,
          kinds: kernel.kinds,
          blobs: catalog?.blobs ?? noBlobs,
          owner: { who: `${userInfo().username}@${hostname()}`, since: started },
          interruption,
          emit,
        })
        return [name, summary]
      }),
    )
    const exit = exitCodeOf(
      summaries.map(([, summary]) => summary),
      options.detailedExitCode,
    )
    emit({
      type: 'summary',
      operation: operation.name,
      exit,
      elapsedMs: Math.round(performance.now() - began),
      targets: Object.fromEntries(summaries),
    })
    return exit
  } finally {
    stopListening()
  }
}

const chosenTargets = (config: ProveConfig, names: readonly string[]): Readonly<Record<string, Target>> => {
  const known = Object.keys(config.targets).length === 0 ? { local: thisMachine } : config.targets
  if (names.length === 0) return known
  const unknown = names.filter((name) => !Object.hasOwn(known, name))
  if (unknown.length > 0) {
    throw new ProveErrors(
      unknown.map((name) => {
        const hint = didYouMean(name, Object.keys(known)) ?? `targets are ${Object.keys(known).join(', ')}`
        return new ProveError('PRV_TARGET_UNKNOWN', `there is no target "${name}"`, { hint })
      }),
    )
  }
  return Object.fromEntries(names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])))
}

const catalogOf = async (kernel: Kernel, config: ProveConfig, options: RunOptions): Promise<Catalog | undefined> => {
  if (options.operation !== 'plan' && options.operation !== 'apply') return undefined
  const given = options.files.length > 0
  const files = given ? options.files : config.states
  if (files.length === 0) {
    throw new ProveError('PRV_USAGE', 'no state file was named', {
      hint: `run "prove ${options.operation} site.yml", or list "states" in prove.config.ts`,
    })
  }
  // What is typed is relative to where it is typed.
  const base = given ? process.cwd() : config.folder
  return openCatalog(kernel, { files, base, folder: config.folder, hintFor: hintForFunction(config) })
}

const requestOf = (kernel: Kernel, { states, blobs }: Catalog, { speculate }: RunOptions): unknown => ({
  states,
  speculate,
  blobs,
  kinds: kernel.kinds,
  functionOf: (name: string) => {
    const fn = kernel.functions.get(name)
    if (fn === undefined) throw new Error(`the state function ${name} is gone`)
    return fn
  },
})

const executorOf = (
  kernel: Kernel,
  name: string,
  { executor: wanted, options }: Target,
): Pick<Parameters<typeof runTarget>[0], 'executor' | 'options'> => {
  const executor = kernel.executors.get(wanted)
  if (executor === undefined) {
    const hint = didYouMean(wanted, kernel.executors.names) ?? `executors are ${kernel.executors.names.join(', ')}`
    throw new ProveError('PRV_EXECUTOR_UNKNOWN', `the target "${name}" wants the executor "${wanted}"`, { hint })
  }
  const result = z.strictObject(executor.options).safeParse(options)
  if (result.success) return { executor, options: result.data }
  const [issue] = result.error.issues
  const where = ['targets', name, 'options', ...(issue?.path ?? [])].map(String).join('.')
  throw new ProveError('PRV_CONFIG_INVALID', `"${where}": ${issue?.message ?? 'wrong value'}`)
}

const methods = ['sudo', 'doas', 'su'] as const

const elevationOf = (
  { elevate }: Target,
  asked: string | undefined,
  password: (() => Promise<string>) | undefined,
): Elevation | undefined => {
  const wanted = asked ?? elevate
  if (wanted === undefined) return undefined
  const { method: given, user } = typeof wanted === 'string' ? { method: wanted, user: 'root' } : wanted
  const method = methods.find((known) => known === given)
  if (method === undefined) {
    throw new ProveError('PRV_USAGE', `"${given}" is no way to become another user`, { hint: 'it is sudo, doas or su' })
  }
  return { method, user, ...(password === undefined ? {} : { password }) }
}

const onceOnly = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** Ctrl-C once ends gently, twice by force; a third time ends Prove itself. */
const listen = (interruption: Interruption): (() => void) => {
  let times = 0
  const onSignal = (): void => {
    times += 1
    if (times > 2) process.exit(130)
    interruption.ask()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}
