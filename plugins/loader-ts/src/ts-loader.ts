import { isMap, type LoadContext, type Loader, ProveError } from '@prove/core'
import { LiteralPlaces } from './literal-places.js'
import { ModuleCache, type StateModule } from './module-cache.js'
import { plainCopy } from './plain-copy.js'
import { viewScope } from './scope-view.js'
import { toLoaderError } from './thrown.js'

const modules = new ModuleCache()

/**
 * Reads state files in TypeScript and JavaScript, made with `defineStates`. Their code runs in this process, on the
 * master, with all its rights: it is trusted, as templates are. A module is evaluated once as long as neither its text nor
 * that of what it imports changes, and its function is called for every scope.
 */
export const tsLoader: Loader = {
  name: 'ts',
  extensions: ['.ts', '.mts', '.js', '.mjs'],
  isStatic: () => false,
  async load(file, text, context) {
    const written = text.replace(/^\uFEFF/, '')
    const places = placesOf(file, written)
    const module = written.trim() === '' ? blankModule : await modules.evaluate(file, written, places)
    const made = await result(module, places, context)
    return {
      data: copied(made, module, places),
      placeOf: (path) => places.placeOf(path),
      placeOfKey: (path) => places.placeOfKey(path),
    }
  },
}

const blankModule: StateModule = { exports: { default: {} }, placeOf: () => undefined }

const known = new Map<string, { readonly text: string; readonly places: LiteralPlaces }>()

/** Parsed when a place is asked for, and once for all scopes. */
const placesOf = (file: string, text: string): LiteralPlaces => {
  const found = known.get(file)
  if (found?.text === text) return found.places
  const places = new LiteralPlaces(file, text)
  known.set(file, { text, places })
  return places
}

const copied = (made: unknown, module: StateModule, places: LiteralPlaces): unknown => {
  try {
    return plainCopy(made, (path) => places.placeOf(path))
  } catch (error) {
    // Code of the file runs here too, where it makes values as they are asked for.
    throw toLoaderError(error, 'the file', module, places.placeOf([]))
  }
}

const result = async (module: StateModule, places: LiteralPlaces, { scope }: LoadContext): Promise<unknown> => {
  const { exports } = module
  if (!('default' in exports)) {
    const hint = 'write "export default defineStates({ … })"'
    throw new ProveError('PRV_LOADER_FAILED', 'the file has no default export', { place: places.start, hint })
  }
  const states = exports.default
  if (typeof states !== 'function') return checkedMap(states, 'the default export', places)
  let made: unknown
  try {
    made = await (states as (scope: unknown) => unknown)(viewScope(scope))
  } catch (error) {
    throw toLoaderError(error, 'the function of the file', module, places.placeOf([]))
  }
  return checkedMap(made, 'what the function returns', places)
}

const checkedMap = (value: unknown, what: string, places: LiteralPlaces): unknown => {
  if (isMap(value)) return value
  const hint =
    value === undefined
      ? 'return the map of states; around a map right behind => write parentheses: () => ({ … })'
      : 'give a map of ids to states, or a function that returns one'
  const message = `${what} is ${nameOf(value)} and no map of states`
  throw new ProveError('PRV_LOADER_FAILED', message, { place: places.placeOf([]), hint })
}

const nameOf = (value: unknown): string => {
  if (value === undefined || value === null) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
