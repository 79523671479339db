import { isMap } from '@prove/core'
import { Refusal } from './failure.js'
import type { NunjucksFunction } from './nunjucks.js'
import { textOf } from './values.js'

/** The pattern of a filter: a text, with Python's way to name groups, or a regular expression. */
const patternOf = (pattern: unknown, args: readonly unknown[], flags: string): RegExp => {
  const last = args.at(-1)
  const options = isMap(last) ? last : {}
  const wanted = [flags, options['ignorecase'] === true ? 'i' : '', options['multiline'] === true ? 'm' : ''].join('')
  const [source, own] =
    pattern instanceof RegExp ? [pattern.source, pattern.flags] : [textOf(pattern).replaceAll('(?P<', '(?<'), '']
  try {
    return new RegExp(source, [...new Set([...wanted, ...own.replaceAll('g', '')])].join(''))
  } catch {
    throw new Refusal(`"${source}" is no regular expression`)
  }
}

/** `\1` and `\g<name>` in a replacement are the groups of what was found, as in Python; `$` means nothing. */
const replacement =
  (template: string) =>
  (...found: readonly unknown[]): string => {
    const groups = found.at(-1)
    return template.replaceAll(/\\(?:(\d+)|g<(\w+)>)/g, (_all, index?: string, name?: string) =>
      index === undefined && name !== undefined && !/^\d+$/.test(name)
        ? textOf(isMap(groups) ? groups[name] : '')
        : textOf(found[Number(index ?? name)] ?? ''),
    )
  }

const regexReplace: NunjucksFunction = (value, pattern, template = '', ...args) =>
  textOf(value).replace(
    patternOf(pattern, args, 'g'),
    replacement(isMap(template) ? '' : textOf(template)) as (text: string) => string,
  )

const regexSearch: NunjucksFunction = (value, pattern, ...args) => {
  const found = patternOf(pattern, args, '').exec(textOf(value))
  const groups = args.filter((arg) => typeof arg === 'string' || typeof arg === 'number')
  if (found === null) return null
  if (groups.length === 0) return found[0]
  return groups.map((group) => {
    const [, name = ''] = /^(?:\\g<(\w+)>|\\?(\d+))$/.exec(String(group))?.filter((part) => part !== undefined) ?? []
    return (/^\d+$/.test(name) ? found[Number(name)] : found.groups?.[name]) ?? null
  })
}

/** Filters with regular expressions of JavaScript; arguments `ignorecase=true` and `multiline=true`. */
export const patternFilters: Readonly<Record<string, NunjucksFunction>> = {
  regex_replace: regexReplace,
  regex_search: regexSearch,
}
