import fc from 'fast-check'

/** One thing of a tree before a run. Applied in order; what cannot be made is passed over. */
export type Seed =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly content: string
      readonly mode: number
      readonly uid: number
    }
  | { readonly kind: 'directory'; readonly path: string; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'hard'; readonly path: string; readonly target: string }
  | { readonly kind: 'bind'; readonly path: string; readonly target: string }

export interface RandomCatalog {
  readonly seeds: readonly Seed[]
  /** State data; paths begin with ROOT, for the caller to replace. */
  readonly states: Record<string, unknown>
}

const names = ['a', 'b', 'a/x', 'a/y', 'b/x', 'a/s', 'a/s/x', 'l', 'l/x', 'm', 'm/x', 'h', 'f', 'n/p/q'] as const
const name = fc.constantFrom(...names)
const content = fc.constantFrom('one\n', 'two\n', 'three\n')
const lateContent = fc.constantFrom(
  "'one\\n' if file('ROOT/a/x').exists else 'two\\n'",
  "`${with.x or 'one'}\\n`",
  "'one\\n' if file('ROOT/l').type == 'link' else 'three\\n'",
  "'two\\n' if outputs.s0.changed else 'one\\n'",
)
const targets = fc.constantFrom('a', 'b', 'a/x', 'f', '../b', 'ROOT/a', 'ROOT/b/x', 'nowhere')
const isRoot = process.getuid?.() === 0

const seed: fc.Arbitrary<Seed> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    path: name,
    content,
    mode: fc.constantFrom(0o644, 0o600, 0o755),
    uid: isRoot ? fc.constantFrom(0, 1) : fc.constant(0),
  }),
  fc.record({ kind: fc.constant('directory' as const), path: name, mode: fc.constantFrom(0o755, 0o700) }),
  fc.record({ kind: fc.constant('link' as const), path: name, target: targets }),
  fc.record({ kind: fc.constant('hard' as const), path: name, target: name }),
  ...(isRoot
    ? [
        fc.record({
          kind: fc.constant('bind' as const),
          path: fc.constantFrom('m', 'a/s'),
          target: fc.constantFrom('b', 'a'),
        }),
      ]
    : []),
)

const flag = fc.option(fc.constant(true), { nil: undefined })
const mode = fc.option(fc.constantFrom('0644', '0600', '0755'), { nil: undefined })
const owner = isRoot
  ? fc.option(fc.constantFrom('root', 'daemon', 'nobody-of-this-name'), { nil: undefined, freq: 3 })
  : fc.constant(undefined)

const at = (path: string): string => `ROOT/${path}`
const path = name.map(at)

const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      fn: fc.constant('file.managed'),
      path,
      content: fc.oneof(
        { weight: 5, arbitrary: content },
        { weight: 1, arbitrary: lateContent.map(($late) => ({ $late })) },
      ),
      mode,
      owner,
      create_parents: flag,
      replace_link: flag,
      break_hard_link: flag,
      backup: flag,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      fn: fc.constant('file.managed'),
      path,
      content,
      validate: fc.constantFrom('grep -q o %s', 'grep -q t %s'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ fn: fc.constant('file.directory'), path, mode, owner, create_parents: flag }) },
  { weight: 2, arbitrary: fc.record({ fn: fc.constant('file.absent'), path, recurse: flag }) },
  {
    weight: 2,
    arbitrary: fc.record({ fn: fc.constant('file.link'), path, target: targets, replace: flag, create_parents: flag }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'echo one >P',
          'rm -rf P',
          'mkdir -p P',
          'ln -sfn Q P',
          'chmod 600 P',
          'mv P Q',
          'cp -a P Q',
          'ln -f P Q',
          'true',
          'false',
          'echo two >>P',
        ),
        name,
        name,
        fc.option(path, { nil: undefined, freq: 2 }),
        fc.option(path, { nil: undefined, freq: 6 }),
      )
      .map(([text, p, q, creates, removes]) => ({
        fn: 'cmd.run',
        command: text.replaceAll('P', at(p)).replaceAll('Q', at(q)),
        creates,
        removes,
      })),
  },
)

const guards = fc.record({
  unless: fc.option(
    path.map((p) => `test -e ${p}`),
    { nil: undefined, freq: 8 },
  ),
  onlyif: fc.option(
    path.map((p) => `test -f ${p}`),
    { nil: undefined, freq: 8 },
  ),
})

const compact = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined))

const others = fc.array(fc.nat(9), { maxLength: 2 })

/** Mostly none: catalogs without notifications are to be seen as well. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 1, arbitrary }, { weight: 4, arbitrary: fc.constant(otherwise) })

const wakes = fc.record({
  lazy: seldom<true | undefined>(fc.constant(true), undefined),
  notify: seldom<number[]>(others, []),
  notify_failure: seldom<number[]>(others, []),
  given: seldom<string | undefined>(fc.constantFrom('two', 'three'), undefined),
  defer: seldom<true | undefined>(fc.constant(true), undefined),
  retry: seldom<object | undefined>(fc.constant({ attempts: 2, delay: 0 }), undefined),
  when: seldom<string | undefined>(
    path.map((p) => `not file('${p}').exists`),
    undefined,
  ),
})

/** Positions of a group: where its members begin and end, then its rescue and what comes last. */
const grouped = seldom<readonly number[]>(
  fc.uniqueArray(fc.nat(9), { minLength: 2, maxLength: 4 }).map((all) => all.toSorted((a, b) => a - b)),
  [],
)

const groupOf = (places: readonly number[], count: number): Record<string, unknown> => {
  const [from = 0, to = from, rescue, always] = places.filter((i) => i < count)
  if (places.length === 0 || from >= count) return {}
  const stateAt = (i: number | undefined): string[] => (i === undefined ? [] : [`s${i}`])
  const members = Array.from({ length: to - from + 1 }, (_, i) => `s${from + i}`)
  return { g: { 'meta.group': { members, rescue: stateAt(rescue), always: stateAt(always) }, notify: 's0' } }
}

const state = fc.tuple(fc.array(part, { minLength: 1, maxLength: 2 }), guards, others, wakes)

const naming = (field: string, wanted: readonly number[], count: number, given?: string): Record<string, unknown> => {
  const known = wanted.filter((i) => i < count).map((i) => `s${i}`)
  if (known.length === 0) return {}
  return { [field]: given === undefined ? known : known.map((each) => ({ state: each, with: { x: given } })) }
}

type State = typeof state extends fc.Arbitrary<infer T> ? T : never

const statesOf = (states: readonly State[], group: readonly number[]): Record<string, unknown> => {
  const required = new Set(states.flatMap(([, , requires]) => requires))
  return Object.fromEntries(
    states.map(([parts, guard, requires, { lazy, notify, notify_failure, given, defer, retry, when }], i) => {
      // What others wait for cannot be deferred, and outputs of the first state are waited for.
      const mayDefer = i > 0 && !required.has(i) && group.length === 0
      const first = {
        ...compact(guard),
        ...(requires.some((r) => r < i) ? { requires: requires.filter((r) => r < i).map((r) => `s${r}`) } : {}),
        ...compact({ lazy, retry, when, defer: mayDefer ? defer : undefined }),
      }
      return [
        `s${i}`,
        parts.map((one, j) => ({
          ...compact(one),
          ...(j === 0 ? first : {}),
          ...naming('notify', notify, states.length, given),
          ...naming('notify_failure', notify_failure, states.length),
        })),
      ]
    }),
  )
}

/** Trees with links, hard links, mounts, and states that step on each other's toes. */
export const randomCatalog: fc.Arbitrary<RandomCatalog> = fc
  .record({
    seeds: fc.array(seed, { maxLength: 10 }),
    states: fc.array(state, { minLength: 1, maxLength: 10 }),
    grouped,
  })
  .map(({ seeds, states, grouped: places }) => ({
    seeds,
    states: { ...statesOf(states, places), ...groupOf(places, states.length) },
  }))
