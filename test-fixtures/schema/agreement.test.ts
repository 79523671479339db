import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faults, refusals } from './documents.js'

/**
 * The schema and the compiler must refuse the same shapes. The values here are right or wrong by their type alone: what
 * only code can tell (a clean path, an expression, names of other states) is left out.
 */
const texts = fc.constantFrom<unknown>('/x', '/srv/y')
const never = [null, true, [], {}, [5], { x: 1 }]

/** Mostly right, or most documents would be wrong for many reasons at once. */
const maybe = (
  right: fc.Arbitrary<unknown>,
  wrong: readonly unknown[] = [...never, 5, -1, 1.5, ''],
): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: right }, { weight: 1, arbitrary: fc.constantFrom(...wrong) })

/** The first of two in most cases. */
const oftenOf = <T>(usual: T, unusual: T): fc.Arbitrary<T> => fc.nat(15).map((n) => (n === 0 ? unusual : usual))

const fields = {
  requires: maybe(fc.oneof(texts, fc.array(texts))),
  after: maybe(texts),
  unless: maybe(fc.oneof(texts, fc.array(fc.oneof(texts, fc.array(texts))))),
  onlyif: maybe(texts),
  creates: maybe(texts),
  timeout: maybe(fc.constantFrom<unknown>(1, 0.5)),
  run_as: maybe(texts),
  env: maybe(fc.dictionary(oftenOf('A', '1a'), maybe(fc.constantFrom<unknown>('x', 1, true)))),
}

const path = maybe(texts, [...never, 5])
const mode = maybe(fc.constantFrom<unknown>(644, '0755', 755), [...never, 1.5])
const flag = maybe(fc.boolean())

const argumentsOf: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  'file.managed': { path, content: maybe(texts), mode, backup: flag, validate: maybe(texts) },
  'file.directory': { path, mode, create_parents: flag },
  'file.link': { path, target: maybe(texts), replace: flag },
  'file.absent': { path, recurse: flag },
  'cmd.run': {
    command: maybe(fc.oneof(texts, fc.array(texts))),
    stdin: maybe(texts),
    changed_when: maybe(fc.oneof(fc.boolean(), fc.record({ exit: maybe(fc.constant(1)) }, { requiredKeys: [] }))),
    failed_when: maybe(fc.boolean()),
  },
  'file.manged': { path },
}

type Key = readonly [name: string, value: fc.Arbitrary<unknown>]

/** A map of these keys: the first of them in most cases, the others now and then. */
const mapOf = (usual: readonly Key[], rare: readonly Key[]): fc.Arbitrary<Record<string, unknown>> => {
  const entry = ([name, value]: Key, of20: number) =>
    fc.oneof(
      { weight: of20, arbitrary: value.map((given) => [name, given] as const) },
      { weight: 20 - of20, arbitrary: fc.constant(undefined) },
    )
  return fc
    .tuple(...usual.map((key) => entry(key, 19)), ...rare.map((key) => entry(key, 1)))
    .map((all) => Object.fromEntries(all.filter((each) => each !== undefined)))
}

const rare: readonly Key[] = [...Object.entries(fields), ['strays', texts], ['parts', fc.constant([])]]

const called = ([name, args]: [string, Readonly<Record<string, fc.Arbitrary<unknown>>>]): fc.Arbitrary<Key> => {
  const map = mapOf(Object.entries(args), rare)
  const [main = texts] = Object.values(args)
  return fc.constant([name, fc.oneof(map, main)])
}

const functionKey = fc.oneof(...Object.entries(argumentsOf).map(called))

const call = fc.oneof(
  functionKey.chain((key) => mapOf([key], rare)),
  fc.tuple(functionKey, functionKey).chain((keys) => mapOf(keys, rare)),
  fc
    .constantFrom(...Object.entries(argumentsOf))
    .chain(([name, args]) => mapOf([['fn', maybe(fc.constant(name))], ...Object.entries(args)], rare)),
)

const part = maybe(call)

const state = fc.oneof(
  call,
  maybe(fc.array(part, { maxLength: 3 })),
  mapOf([['parts', maybe(fc.array(part, { maxLength: 3 }))]], rare),
)

const inclusion = maybe(
  fc.oneof(
    texts,
    mapOf(
      [['file', maybe(texts)]],
      [
        ['component', maybe(texts)],
        ['as', oftenOf('a', 'a/b')],
        ['x', texts],
      ],
    ),
  ),
)

const document = fc.record(
  {
    include: fc.oneof(inclusion, fc.array(inclusion, { maxLength: 2 })),
    a: state,
    'b.c': state,
  },
  { requiredKeys: [] },
)

it('accepts exactly what the compiler accepts', () => {
  const counts = { accepted: 0, refused: 0 }
  fc.assert(
    fc.property(document, (data) => {
      const accepts = faults('states', data).length === 0
      counts[accepts ? 'accepted' : 'refused']++
      expect(accepts).toBe(refusals.states(data).length === 0)
    }),
    { numRuns: 2000 },
  )
  // Neither side may go untested.
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(200)
})
