import fc from 'fast-check'

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

const tree = { kind: 'member', of: { kind: 'name', name: 'with' }, key: { kind: 'value', value: 'x' } }

/** Late values that ask the target, and those that the compiler knows: fields but for `when` take only these. */
const late = fc.constantFrom<unknown>({ $late: "file('/x').exists" }, { $late: tree })
const lateText = fc.constant({ $late: "'/' ~ 'x'" })

/** In an argument of which a part is late, no more is checked than what is not: there are wrong ones in others. */
const orLate = (right: fc.Arbitrary<unknown>, instead: fc.Arbitrary<unknown> = late): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: instead })

const lateWrongly = [{ $late: 'with.x', x: 1 }, { $late: 5 }, { late: 'x' }]

const variables = maybe(fc.dictionary(oftenOf('a', 'a-b'), fc.oneof(texts, late)), [
  null,
  true,
  [],
  5,
  '',
  { $late: '1' },
])
const called = fc.oneof(texts, fc.record({ state: maybe(texts), with: variables }, { requiredKeys: ['state'] }))
const notified = maybe(fc.oneof(called, fc.array(called)), [null, true, {}, 5, '', [5], { x: 1 }, { $late: "'x'" }])

const fields = {
  when: maybe(fc.oneof(fc.boolean(), late, fc.constant('with.x')), [null, [], {}, 5, '', ...lateWrongly]),
  with: variables,
  retry: maybe(
    fc.oneof(
      fc.constantFrom<unknown>(1, 3, { $late: '1 + 2' }),
      fc.record(
        { attempts: maybe(fc.constant(2)), delay: maybe(fc.constantFrom<unknown>(0, 0.5)) },
        { requiredKeys: [] },
      ),
    ),
    [...never, 0, 1001, 1.5, 'x'],
  ),
  defer: maybe(orLate(fc.boolean(), fc.constant({ $late: '1 == 1' })), [null, [], {}, 5, 'yes']),
  notify: notified,
  notify_failure: notified,
  requires: maybe(orLate(fc.oneof(texts, fc.array(orLate(texts, lateText))), lateText)),
  after: maybe(texts),
  unless: maybe(fc.oneof(texts, fc.array(fc.oneof(texts, fc.array(texts))))),
  onlyif: maybe(texts),
  creates: maybe(orLate(texts, lateText)),
  timeout: maybe(orLate(fc.constantFrom<unknown>(1, 0.5), fc.constant({ $late: '1 + 1' }))),
  run_as: maybe(texts),
  env: maybe(fc.dictionary(oftenOf('A', '1a'), maybe(fc.constantFrom<unknown>('x', 1, true)))),
}

const path = maybe(orLate(texts), [...never, 5, ...lateWrongly])
const mode = maybe(orLate(fc.constantFrom<unknown>(644, '0755', 755)), [...never, 1.5, ...lateWrongly])
const flag = maybe(orLate(fc.boolean()), [null, [], {}, 5, '', ...lateWrongly])
const command = fc.oneof(texts, fc.array(texts, { minLength: 1 }), fc.array(orLate(texts), { minLength: 1 }), late)

type Functions = Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>>

const functions: Functions = {
  'file.managed': { path, content: maybe(texts), mode, backup: flag, validate: maybe(texts) },
  'file.directory': { path, mode, create_parents: flag },
  'file.link': { path, target: maybe(texts), replace: flag },
  'file.absent': { path, recurse: flag },
  'cmd.run': {
    command: maybe(command),
    stdin: maybe(texts),
    changed_when: maybe(fc.oneof(fc.boolean(), fc.record({ exit: maybe(fc.constant(1)) }, { requiredKeys: [] }))),
    failed_when: maybe(fc.boolean()),
  },
  'file.manged': { path },
}

type Key = readonly [name: string, value: fc.Arbitrary<unknown>]

/** A map of these keys: the first of them in most cases, the others now and then. */
const mapOf = (usual: readonly Key[], rare: readonly Key[]): fc.Arbitrary<Record<string, unknown>> => {
  const entry = ([name, value]: Key, of40: number) =>
    fc.oneof(
      { weight: of40, arbitrary: value.map((given) => [name, given] as const) },
      { weight: 40 - of40, arbitrary: fc.constant(undefined) },
    )
  return fc
    .tuple(...usual.map((key) => entry(key, 38)), ...rare.map((key) => entry(key, 1)))
    .map((all) => Object.fromEntries(all.filter((each) => each !== undefined)))
}

const rare: readonly Key[] = [...Object.entries(fields), ['strays', texts], ['parts', fc.constant([])]]

const underName = ([name, args]: [string, Readonly<Record<string, fc.Arbitrary<unknown>>>]): fc.Arbitrary<Key> => {
  const map = mapOf(Object.entries(args), rare)
  const [main = texts] = Object.values(args)
  return fc.constant([name, fc.oneof(map, main)])
}

const functionKey = fc.oneof(...Object.entries(functions).map(underName))

/** Parts of these functions, by key or by `fn`. */
const callOf = (key: fc.Arbitrary<Key>, named: Functions): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    { weight: 2, arbitrary: key.chain((one) => mapOf([one], rare)) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...Object.entries(named))
        .chain(([name, args]) => mapOf([['fn', maybe(fc.constant(name))], ...Object.entries(args)], rare)),
    },
    { weight: 1, arbitrary: fc.tuple(key, functionKey).chain((keys) => mapOf(keys, rare)) },
  )

const stateOf = (call: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    call,
    maybe(fc.array(maybe(call), { maxLength: 3 })),
    maybe(fc.array(maybe(call), { minLength: 1, maxLength: 1 })),
    mapOf([['parts', maybe(fc.array(maybe(call), { maxLength: 2 }))]], rare),
  )

const call = callOf(functionKey, functions)

const groupsOf = (state: fc.Arbitrary<unknown>): Functions => {
  const byId = fc.dictionary(
    fc.nat(30).map((n) => (n === 0 ? 'm n' : `m${n}`)),
    state,
    { maxKeys: 2 },
  )
  const members = maybe(fc.oneof(texts, byId, fc.array(fc.oneof(texts, byId), { maxLength: 2 }), lateText), [
    null,
    true,
    5,
    '',
    [5],
    { x: 1 },
  ])
  // Without an item nobody looks at the state.
  const over = maybe(fc.constantFrom<unknown>(['x', 1], { x: null }, { $late: '[1, 2]' }), [null, true, 5, 'x', ''])
  return {
    'meta.group': { members, rescue: members, always: members },
    'meta.each': { over, state: maybe(state, [null, true, {}, 5, '']) },
    'meta.sequence': { states: members },
  }
}

const groups = groupsOf(stateOf(call))

const groupKey = fc.oneof(...Object.entries(groups).map(underName))

const state = fc.oneof(
  { weight: 2, arbitrary: stateOf(call) },
  { weight: 1, arbitrary: stateOf(callOf(groupKey, groups)) },
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

/** State files, most of them right. */
export const document = fc.record(
  {
    include: fc.oneof(inclusion, fc.array(inclusion, { maxLength: 2 })),
    a: state,
    'b.c': state,
  },
  { requiredKeys: [] },
)
