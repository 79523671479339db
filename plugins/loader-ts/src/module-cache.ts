import { statSync } from 'node:fs'
import * as core from '@prove/core'
import { type Place, ProveError } from '@prove/core'
import type { Jiti, ModuleCache as JitiModules, TransformOptions } from 'jiti'
import type { LiteralPlaces } from './literal-places.js'
import { StackPlaces } from './stack-places.js'
import { toLoaderError } from './thrown.js'

/** The code of a file after it ran. */
export interface StateModule {
  readonly exports: { readonly default?: unknown }
  /** Where in its sources something was thrown, as far as its stack tells. */
  placeOf(thrown: unknown): Place | undefined
}

interface Evaluation {
  readonly text: string
  readonly module: Promise<StateModule>
  /** The files that it imports, as they were when they were read. */
  readonly imports: Map<string, string>
}

/** Runs the modules of state files, each again only when its text or a file that it imports is another. */
export class ModuleCache {
  readonly #evaluations = new Map<string, Evaluation>()

  /** Throws PRV_LOADER_SYNTAX, and PRV_LOADER_FAILED for what its code throws. */
  async evaluate(file: string, text: string, places: LiteralPlaces): Promise<StateModule> {
    const found = this.#evaluations.get(file)
    if (found !== undefined && found.text === text && isCurrent(found)) return found.module
    const imports = new Map<string, string>()
    const module = evaluate(file, text, places, imports)
    this.#evaluations.set(file, { text, module, imports })
    // What failed may have failed for reasons outside of the files.
    module.catch(() => {
      if (this.#evaluations.get(file)?.module === module) this.#evaluations.delete(file)
    })
    return module
  }
}

const isCurrent = ({ imports }: Evaluation): boolean => {
  for (const [file, stamp] of imports) if (stampOf(file) !== stamp) return false
  return true
}

const stampOf = (file: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 'missing' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`
}

const evaluate = async (
  file: string,
  text: string,
  places: LiteralPlaces,
  imports: Map<string, string>,
): Promise<StateModule> => {
  const stackPlaces = new StackPlaces()
  const placeOf = (thrown: unknown): Place | undefined => stackPlaces.placeOf(thrown)
  const jiti = await createEvaluator(file, (name, code) => {
    if (name !== file) imports.set(name, stampOf(name))
    return stackPlaces.take(name, code)
  })
  const cache: JitiModules = {}
  try {
    await jiti.evalModule(text, { filename: file, async: true, forceTranspile: true, cache })
    // What evalModule gives takes the module itself for its default export where that is undefined.
    return { exports: Object(cache[file]?.exports) as StateModule['exports'], placeOf }
  } catch (error) {
    const mistake = placeOf(error) === undefined ? syntaxError(error, places.start) : undefined
    throw mistake ?? toLoaderError(error, 'the file', { placeOf }, places.start)
  }
}

/**
 * A jiti that keeps nothing of what it read, and hands every file it rewrites to `take`. States see the very core that runs,
 * whether it is installed beside them or not.
 */
const createEvaluator = async (file: string, take: (file: string, code: string) => string): Promise<Jiti> => {
  const { createJiti } = await import('jiti')
  const options = { fsCache: false, moduleCache: false, interopDefault: true }
  const rewriter = createJiti(file, options)
  const transform = (given: TransformOptions): { code: string } => {
    const name = given.filename ?? file
    const babel = { ...given.babel, sourceFileName: name, sourceMaps: 'inline' }
    return { code: take(name, rewriter.transform({ ...given, babel })) }
  }
  return createJiti(file, { ...options, transform, virtualModules: { '@prove/core': core } })
}

/** What jiti throws for a file that cannot be parsed: the file itself, or one that it imports. */
const syntaxError = (thrown: unknown, start: Place): ProveError | undefined => {
  if (!(thrown instanceof Error)) return undefined
  const [, reason, file, line, column] = /^\w*Error: (.*?)\s*\n (.+):(\d+):(\d+)$/s.exec(thrown.message) ?? []
  if (file === undefined && thrown.name !== 'SyntaxError') return undefined
  // A few mistakes are only seen by the engine, which tells no place.
  const place = file === undefined ? start : { file, line: Number(line), column: Number(column) + 1 }
  return new ProveError('PRV_LOADER_SYNTAX', wordingOf(reason ?? thrown.message), { place, cause: thrown })
}

const wordingOf = (reason: string): string => {
  const [line = ''] = reason.split('\n')
  const sentence = line.replace(/\.$/, '')
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
