import { textFilters } from './text-filters.js'
import { Refusal } from './failure.js'
import { maxItems } from './limits.js'
import { filtersOfNunjucks, type NunjucksFunction } from './nunjucks.js'
import { patternFilters } from './pattern-filters.js'
import { tests } from './tests.js'
import { isMap, didYouMean } from '@prove/core'
import { jsonOf, kindOf, textOf } from './values.js'

/** A filter; named arguments come last, as Nunjucks marks them. */
export type Filter = NunjucksFunction

/** What the filters of Nunjucks look at besides their arguments. */
export const filterContext = {
  env: {
    opts: { throwOnUndefined: true, autoescape: false },
    getTest(name: unknown) {
      const test = tests.get(String(name))
      if (test === undefined)
        throw new Refusal(`there is no test "${String(name)}"`, didYouMean(String(name), tests.keys()))
      return test
    },
  },
}

/** An argument by its position or its name. */
const argument = (args: readonly unknown[], index: number, name: string): unknown => {
  const last = args.at(-1)
  const named = isMap(last) && Object.hasOwn(last, '__keywords') ? last : undefined
  if (named !== undefined && Object.hasOwn(named, name)) return named[name]
  return args[index] === named ? undefined : args[index]
}

/** These make as many items or characters as they are told to. */
const growing = ['center', 'indent', 'slice', 'batch']

const bounded =
  (name: string, filter: NunjucksFunction): NunjucksFunction =>
  (...args) => {
    const tooLarge = args.slice(1).find((arg) => typeof arg === 'number' && arg > maxItems)
    if (tooLarge !== undefined) throw new Refusal(`the filter "${name}" takes numbers up to ${maxItems}`)
    return filter.call(filterContext, ...args)
  }

/** As Nunjucks' own, but for values that are names of members of every object. */
const groupby: NunjucksFunction = (items, key) => {
  if (!Array.isArray(items)) throw new Refusal(`the filter "groupby" needs a list, found ${kindOf(items)}`)
  const groups = new Map<string, unknown[]>()
  for (const item of items as unknown[]) {
    const value = String(key)
      .split('.')
      .reduce<unknown>((inner, part) => (isMap(inner) && Object.hasOwn(inner, part) ? inner[part] : undefined), item)
    if (value === undefined) throw new Refusal(`the filter "groupby" finds no "${String(key)}" in an item`)
    const group = groups.get(textOf(value)) ?? []
    groups.set(textOf(value), [...group, item])
  }
  return Object.fromEntries(groups)
}

const toJson: NunjucksFunction = (value, ...args) => {
  const indent = argument(args, 0, 'indent')
  return jsonOf(value, typeof indent === 'number' ? indent : undefined)
}

const bool: NunjucksFunction = (value) => {
  const word = textOf(value).toLowerCase()
  if (['true', 'yes', 'on', '1', 't', 'y'].includes(word)) return true
  if (['false', 'no', 'off', '0', 'f', 'n', ''].includes(word)) return false
  throw new Refusal(`"${textOf(value)}" is neither true nor false`, 'write true or false')
}

const own: Readonly<Record<string, NunjucksFunction>> = {
  // JSON is YAML, and stands in one line wherever it is put.
  to_json: toJson,
  tojson: toJson,
  dump: toJson,
  to_yaml: (value) => jsonOf(value),
  bool,
  groupby,
  string: (value) => textOf(value),
  ...textFilters,
  ...patternFilters,
}

/** Every filter by its name; `default` is none of them, because its input may be missing. */
export const filters: ReadonlyMap<string, Filter> = new Map([
  ...Object.entries(filtersOfNunjucks).filter(([name]) => name !== 'default' && name !== 'd'),
  ...growing.map((name) => [name, bounded(name, filtersOfNunjucks[name] as NunjucksFunction)] as const),
  ...Object.entries(own),
])
