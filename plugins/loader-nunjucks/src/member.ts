import { Refusal } from './failure.js'
import { kindOf } from './values.js'

type Method = (...args: readonly unknown[]) => unknown

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const listMethods = words('at concat every filter find findIndex flat includes indexOf join lastIndexOf map slice some')
const changingMethods = words('fill pop push reverse shift sort splice unshift')
/** These give a list of their own. */
const freshMethods = words('concat filter flat map slice split')
const textMethods = words(
  'at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf localeCompare match normalize padEnd ' +
    'padStart repeat replace replaceAll search slice split startsWith substring substr toLowerCase toUpperCase trim ' +
    'trimEnd trimStart toString',
)
const numberMethods = words('toExponential toFixed toPrecision toString')
const patternMembers = words('exec flags source test')

/** What the members of a value depend on in one rendering. */
export interface Members {
  /** The facts, whose members are asked for and never counted. */
  readonly facts: object
  /** Lists that the template itself made, and may change. */
  readonly own: WeakSet<object>
}

/**
 * A member of a value; undefined when it has none of this name. Only what data holds can be reached, and methods that are
 * listed here: no constructor and no prototype, from which a template could reach the whole process.
 */
export const memberOf = (value: unknown, key: unknown, members: Members): unknown => {
  if (typeof key !== 'string' && typeof key !== 'number') throw new Refusal(`${kindOf(key)} cannot be a key`)
  if (value === null || value === undefined || typeof value === 'function') return undefined
  if (value === members.facts) return factOf(members.facts, String(key))
  if (Array.isArray(value)) return listMember(value, key, members)
  if (typeof value === 'string') return textMember(value, key, members)
  if (typeof value === 'number') return method(value, numberMethods, key)
  if (value instanceof RegExp) return patternMembers.has(String(key)) ? bound(value, String(key)) : undefined
  return typeof value === 'object' ? mapMember(value, key) : undefined
}

// Reading, and not looking first whether it is there: unknown facts are told by what throws.
const factOf = (facts: object, name: string): unknown =>
  name in Object.prototype ? undefined : (facts as Record<string, unknown>)[name]

const listMember = (list: unknown[], key: string | number, { own }: Members): unknown => {
  if (Object.hasOwn(list, key)) return list[key as number]
  const name = String(key)
  if (listMethods.has(name)) return fresh(bound(list, name) as Method, name, own)
  if (!changingMethods.has(name)) return undefined
  if (own.has(list)) return bound(list, name)
  throw new Refusal(
    `"${name}" would change a list that the template did not make`,
    'make one of your own with {% set mine = list.concat() %}',
  )
}

const textMember = (text: string, key: string | number, { own }: Members): unknown => {
  if (key === 'length') return text.length
  if (Object.hasOwn(Object(text) as object, key)) return text[Number(key)]
  const found = method(text, textMethods, key)
  return found === undefined ? undefined : fresh(found as Method, String(key), own)
}

const method = (value: string | number, methods: ReadonlySet<string>, key: string | number): unknown =>
  methods.has(String(key)) ? bound(value, String(key)) : undefined

const bound = (value: unknown, name: string): unknown => {
  const member = (value as Record<string, unknown>)[name]
  return typeof member === 'function' ? (member.bind(value) as Method) : member
}

const fresh =
  (call: Method, name: string, own: WeakSet<object>): Method =>
  (...args) => {
    const result = call(...args)
    if (freshMethods.has(name) && Array.isArray(result)) own.add(result)
    return result
  }

const mapMember = (map: object, key: string | number): unknown => {
  if (Object.hasOwn(map, key)) return (map as Record<string | number, unknown>)[key]
  return mapMethods.get(String(key))?.(map)
}

/** Those of Python's that templates of Ansible and Salt use; a key of the same name hides them. */
const mapMethods: ReadonlyMap<string, (map: object) => Method> = new Map<string, (map: object) => Method>([
  ['items', (map) => () => Object.entries(map)],
  ['keys', (map) => () => Object.keys(map)],
  ['values', (map) => () => Object.values(map)],
  [
    'get',
    (map) =>
      (key, otherwise = null) =>
        Object.hasOwn(map, String(key)) ? (map as Record<string, unknown>)[String(key)] : otherwise,
  ],
])

/** The names that a value has, for the hint of an error; none for facts. */
export const memberNames = (value: unknown, { facts }: Members): readonly string[] => {
  if (value === facts || value === null || value === undefined) return []
  if (Array.isArray(value)) return ['length', ...listMethods, ...changingMethods]
  if (typeof value === 'string') return ['length', ...textMethods]
  if (typeof value === 'number') return [...numberMethods]
  return typeof value === 'object' ? [...Object.keys(value), ...mapMethods.keys()] : []
}

/** Whether a list, text or map holds something. */
export const holds = (container: unknown, value: unknown, { facts }: Members): boolean => {
  if (Array.isArray(container)) return container.includes(value)
  if (typeof container === 'string') return container.includes(String(value))
  if (typeof container === 'object' && container !== null) {
    return container === facts ? Reflect.has(container, String(value)) : Object.hasOwn(container, String(value))
  }
  throw new Refusal(`"in" needs a list, a text or a map, found ${kindOf(container)}`)
}
