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
      content,
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
})

const state = fc.tuple(fc.array(part, { minLength: 1, maxLength: 2 }), guards, others, wakes)

const naming = (field: string, wanted: readonly number[], count: number): Record<string, unknown> => {
  const known = wanted.filter((i) => i < count).map((i) => `s${i}`)
  return known.length === 0 ? {} : { [field]: known }
}

/** Trees with links, hard links, mounts, and states that step on each other's toes. */
export const randomCatalog: fc.Arbitrary<RandomCatalog> = fc
  .record({ seeds: fc.array(seed, { maxLength: 10 }), states: fc.array(state, { minLength: 1, maxLength: 10 }) })
  .map(({ seeds, states }) => ({
    seeds,
    states: Object.fromEntries(
      states.map(([parts, guard, requires, { lazy, notify, notify_failure }], i) => [
        `s${i}`,
        parts.map((one, j) => ({
          ...compact(one),
          ...(j === 0 ? compact(guard) : {}),
          ...(requires.some((r) => r < i) && j === 0
            ? { requires: requires.filter((r) => r < i).map((r) => `s${r}`) }
            : {}),
          ...(j === 0 && lazy === true ? { lazy } : {}),
          ...naming('notify', notify, states.length),
          ...naming('notify_failure', notify_failure, states.length),
        })),
      ]),
    ),
  }))
