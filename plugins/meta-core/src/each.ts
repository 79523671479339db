import { defineMeta, isMap, type Member, nestedState, z } from '@prove/core'
import { eachExamples } from './examples.js'

/** What may stand between the brackets of an id. */
const key = /^[\w@.+:/-]+$/

/** One state for each item. */
export const each = defineMeta({
  name: 'meta.each',
  about: 'Keep one state for each item of a map, or of a list with a key; late values in it see `key` and `item`.',
  details: `Ids are \`STATE[KEY]\`. A map is known by its keys, a list of texts or numbers by these themselves; a list of maps needs \`key\`.
\`over: !late users\` takes a variable.`,
  args: {
    over: z
      .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .meta({ description: 'A map, a list of texts or numbers, or a list of maps with a key.' }),
    key: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'The field by which the items of a list of maps are known.' }),
    state: nestedState('The state, written once.'),
  },
  examples: eachExamples,
  shape: ({ over, key: field }) => {
    if (!Array.isArray(over)) {
      return shapeOf(Object.entries(over).map(([name, item]) => ({ name, item, path: ['over', name] })))
    }
    const items: Item[] = []
    for (const [i, item] of over.entries()) {
      const name = isMap(item) ? (field === undefined ? undefined : item[field]) : item
      if (typeof name !== 'string' && typeof name !== 'number') return nameless(item, field, i)
      items.push({ name: String(name), item, path: ['over', i] })
    }
    return shapeOf(items)
  },
})

interface Item {
  readonly name: string
  readonly item: unknown
  readonly path: readonly (string | number)[]
}

const nameless = (item: unknown, field: string | undefined, i: number) => {
  const path = ['over', i]
  if (!isMap(item)) return { problem: 'an item of a list is a text, a number, or a map with a key', path }
  return field === undefined
    ? { problem: 'the items of a list of maps need a key', path, hint: 'say by which field they are known: key: name' }
    : { problem: `this item has no text or number as its "${field}"`, path }
}

const shapeOf = (items: readonly Item[]) => {
  const known = new Set<string>()
  const members: Member[] = []
  for (const { name, item, path } of items) {
    if (!key.test(name)) {
      return {
        problem: `"${name}" cannot be part of an id`,
        path,
        hint: 'use letters, digits, and any of "_ - . + @ : /"',
      }
    }
    if (known.has(name)) return { problem: `two items have the key "${name}"`, path }
    known.add(name)
    members.push({ suffix: `[${name}]`, path: ['state'], names: { key: name, item } })
  }
  return { members }
}
