import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import {
  type GroupInput,
  groupSchema,
  type InventoryInput,
  isMap,
  type Kernel,
  type Loaded,
  knownErrors,
  type ProveConfig,
  type Place,
  ProveError,
  type TargetInput,
  targetSchema,
  withDetails,
  z,
} from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { noScope } from './no-scope.js'
import type { FileLoader } from './file-loader.js'
import { type Places, placesUnder } from './places.js'
import { reasonOf } from './reason-of.js'
import { shaped } from './shaped.js'

/** Something with a name, as it was written, and where. */
export interface Declared<T> {
  readonly name: string
  readonly input: T
  readonly places: Places
}

/** Targets and groups from one place. */
export interface Declarations {
  readonly targets: readonly Declared<TargetInput>[]
  readonly groups: readonly Declared<GroupInput>[]
}

const inventoryShape = z.strictObject({ targets: z.unknown(), groups: z.unknown() }).partial()
const listedTarget = targetSchema.extend({ name: z.string().min(1) })
const namePattern = /^\w[\w.@-]*$/

/** Milliseconds that the command of an inventory may take. */
const commandLimit = 60_000

/** Bytes that it may print. */
const outputLimit = 64 * 1024 * 1024

export interface InventoryGround {
  readonly kernel: Kernel
  readonly files: FileLoader
  readonly config: ProveConfig
  /** The places of the configuration. */
  readonly places: Places
  readonly diagnostics: Diagnostics
}

/** What one inventory declares; nothing after its errors were told. */
export const readInventory = async (
  written: InventoryInput,
  index: number,
  ground: InventoryGround,
): Promise<Declarations> => {
  const place = ground.places.placeOf(['inventories', index])
  try {
    const loaded = await load(typeof written === 'string' ? { file: written } : written, place, ground)
    return declarationsIn(loaded.data, loaded, ground.diagnostics)
  } catch (error) {
    if (knownErrors(error).length === 0) throw error
    for (const each of knownErrors(error))
      ground.diagnostics.take(each.place === undefined ? withDetails(each, { place }) : each)
    return { targets: [], groups: [] }
  }
}

const load = async (
  written: Exclude<InventoryInput, string>,
  place: Place,
  ground: InventoryGround,
): Promise<Loaded> => {
  const { kernel, files, config } = ground
  await kernel.bring('inventories', written.format ?? '')
  const format = written.format === undefined ? undefined : kernel.inventories.get(written.format)
  if (written.format !== undefined && format === undefined && kernel.loaders.get(written.format) === undefined) {
    await kernel.bring('inventories')
    const known = [...kernel.inventories.names, ...kernel.loaders.names].join(', ')
    const message = `no plugin registers the inventory format "${written.format}"`
    throw new ProveError('PRV_INVENTORY_FAILED', message, { place, hint: `formats are ${known}` })
  }
  const context = { ...noScope, loader: (other: string) => kernel.loaders.get(other) }
  if (written.command !== undefined) {
    const text = await outputOf(written.command, config.folder)
    const name = written.command.join(' ')
    if (format !== undefined) return format.read(name, text)
    const loader = kernel.loaders.get(written.format ?? 'json')
    if (loader === undefined) {
      throw new ProveError('PRV_INVENTORY_FAILED', `nothing reads what "${name}" prints`, {
        place,
        hint: 'add the JSON loader to the plugins, or name a format',
      })
    }
    return loader.load(name, text, context)
  }
  const file = resolve(config.folder, written.file ?? '')
  const text = textOf(file, written.file ?? '')
  if (format !== undefined) return format.read(file, text)
  const loader = kernel.loaders.get(written.format ?? '')
  return loader === undefined ? files.load(file, noScope) : loader.load(file, text, context)
}

const textOf = (file: string, written: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_INVENTORY_FAILED', `cannot read the inventory "${written}": ${reasonOf(error)}`)
  }
}

interface Failure extends NodeJS.ErrnoException {
  readonly killed?: boolean
  readonly signal?: string | null
  readonly stderr?: string
}

const outputOf = async (command: readonly string[], cwd: string): Promise<string> => {
  const [program = '', ...words] = command
  try {
    // One that ignores a gentle signal would be waited for without end.
    const options = { cwd, timeout: commandLimit, maxBuffer: outputLimit, killSignal: 'SIGKILL' as const }
    const running = promisify(execFile)(program, words, options)
    // Nothing is to be read there: a command that tries would wait for it.
    running.child.stdin?.on('error', () => undefined).end()
    return (await running).stdout
  } catch (error) {
    throw new ProveError(
      'PRV_INVENTORY_FAILED',
      `the inventory "${command.join(' ')}" failed: ${whyOf(error as Failure)}`,
    )
  }
}

/** Why the command of an inventory gave nothing. */
const whyOf = (failure: Failure): string => {
  const { code, killed, signal, stderr = '' } = failure
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it printed more than 64 MiB'
  if (code === 'ENOENT') return 'there is no such program'
  if (typeof code === 'string') return reasonOf(failure)
  if (killed === true) return 'it took longer than 60 s'
  const said = stderr.trim().split('\n').slice(-3).join('; ')
  if (said !== '') return said
  return typeof signal === 'string' ? `it was ended by ${signal}` : `it ended with ${String(code)}`
}

const declarationsIn = (data: unknown, places: Places, diagnostics: Diagnostics): Declarations => {
  const what = 'an inventory'
  const whole = shaped({ schema: inventoryShape, code: 'PRV_INVENTORY_SHAPE', what }, data, places, diagnostics)
  if (whole === undefined) return { targets: [], groups: [] }
  return {
    targets: declaredTargets(whole.targets ?? {}, placesUnder(places, ['targets']), diagnostics),
    groups: declaredMap(whole.groups ?? {}, groupSchema, 'group', placesUnder(places, ['groups']), diagnostics),
  }
}

/** Targets of a map or a list. */
export const declaredTargets = (
  written: unknown,
  places: Places,
  diagnostics: Diagnostics,
): readonly Declared<TargetInput>[] => {
  if (!Array.isArray(written)) return declaredMap(written, targetSchema, 'target', places, diagnostics)
  return written.flatMap((item: unknown, i) => {
    const own = placesUnder(places, [i])
    const input = shaped(
      { schema: listedTarget, code: 'PRV_INVENTORY_SHAPE', what: 'a target' },
      item,
      own,
      diagnostics,
    )
    if (input === undefined || !isNamed('target', input.name, own.placeOf(['name']), diagnostics)) return []
    const { name, ...rest } = input
    return [{ name, input: rest, places: own }]
  })
}

/** Named things of a map. */
export const declaredMap = <S extends z.ZodType>(
  written: unknown,
  schema: S,
  kind: 'target' | 'group' | 'role',
  places: Places,
  diagnostics: Diagnostics,
): readonly Declared<z.output<S>>[] => {
  if (!isMap(written)) {
    const message = `${kind}s are a map of names${kind === 'target' ? ', or a list' : ''}`
    diagnostics.add('PRV_INVENTORY_SHAPE', message, { place: places.placeOf([]) })
    return []
  }
  return Object.entries(written).flatMap(([name, value]) => {
    const own = placesUnder(places, [name])
    if (!isNamed(kind, name, own.placeOfKey([]), diagnostics)) return []
    const what = `the ${kind} "${name}"`
    const input = shaped({ schema, code: 'PRV_INVENTORY_SHAPE', what }, value ?? {}, own, diagnostics)
    return input === undefined ? [] : [{ name, input, places: own }]
  })
}

const isNamed = (kind: string, name: string, place: Place, diagnostics: Diagnostics): boolean => {
  if (namePattern.test(name)) return true
  diagnostics.add('PRV_INVENTORY_SHAPE', `"${name}" cannot name a ${kind}`, {
    place,
    hint: 'names hold letters, digits, and any of "_ - . @"',
  })
  return false
}
