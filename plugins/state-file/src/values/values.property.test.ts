import { isMap, type Json } from '@prove/core'
import fc from 'fast-check'
import { stringify as tomlText } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { stringify as yamlText } from 'yaml'
import { edited } from '../testing/edited.js'
import { jsonFormat } from './json-format.js'
import { json } from './json.js'
import type { KeyPath } from './key-path.js'
import { tomlFormat } from './toml-format.js'
import { toml } from './toml.js'
import { yamlFormat } from './yaml-format.js'
import { yaml } from './yaml.js'

const name = fc.oneof(fc.stringMatching(/^[a-z]{1,4}$/), fc.string({ minLength: 1, maxLength: 4 }))
const scalar = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('yes', '1', '', '# x', 'a: b', '- x'),
)

const { tree } = fc.letrec<{ tree: Json; map: Json }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, scalar, tie('map'), fc.array(scalar, { maxLength: 3 })),
  map: fc.dictionary(name, tie('tree'), { minKeys: 1, maxKeys: 4 }),
}))

const documents = fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4 })

/** A place in a document that holds something, chosen by numbers. */
const placeIn = (document: Json, choices: readonly number[]): KeyPath => {
  const path: string[] = []
  let node = document
  for (const choice of choices) {
    if (!isMap(node)) break
    const names = Object.keys(node)
    const step = names[choice % names.length]
    if (step === undefined) break
    path.push(step)
    node = node[step] ?? null
  }
  return path
}

describe.each([
  ['json', json, jsonFormat, (document: Json) => JSON.stringify(document, undefined, 2)],
  ['yaml', yaml, yamlFormat, (document: Json) => yamlText(document, { lineWidth: 0 })],
  ['toml', toml, tomlFormat, (document: Json) => tomlText(document)],
] as const)('%s', (_name, fn, format, write) => {
  const given = fc.tuple(documents, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), scalar)

  it('takes a value in place of any, and is then as declared', () => {
    fc.assert(
      fc.property(given, ([document, choices, value]) => {
        const text = write(document)
        const key = [...placeIn(document, choices)]
        const fresh = edited(fn, { key, value }, text)
        expect(fresh).not.toMatch(/^blocked/)
        expect(valueAt(format.parse(fresh), key)).toEqual(value)
        expect(edited(fn, { key, value }, fresh)).toBe(fresh)
      }),
      { numRuns: 300 },
    )
  })

  it('loses a value, and keeps the lines of all others', () => {
    fc.assert(
      fc.property(fc.tuple(documents, fc.nat()), ([document, choice]) => {
        const text = write(document)
        const key = [...placeIn(document, [choice])]
        const fresh = edited(fn, { key, absent: true }, text)
        expect(fresh).not.toMatch(/^blocked/)
        const { [String(key[0])]: _gone, ...rest } = document
        const found = format.parse(fresh)
        expect('holds' in found ? (found.holds ?? {}) : found).toEqual(rest)
      }),
      { numRuns: 300 },
    )
  })
})

const valueAt = (found: ReturnType<typeof jsonFormat.parse>, path: KeyPath): unknown => {
  let node: unknown = 'holds' in found ? found.holds : undefined
  for (const step of path) node = (node as Record<string, unknown>)[step]
  return node
}
