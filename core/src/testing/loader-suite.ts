import { describe, expect, it } from 'vitest'
import type { LoadContext, Loaded, Loader, ValuePath } from '../contracts/loader.js'
import { type ErrorCode, errorTable } from '../error-table.js'
import { type Place, ProveError } from '../error.js'
import { loadContext } from './load-context.js'

/**
 * The data that every format writes in a text of its own. Its scalars and keys are found in the text by their letters, so
 * each of them stands there once, and as it is.
 */
export const loaderSample = {
  zeta: { 'file.directory': { path: '/srv/first', mode: '0750' }, requires: ['other_one', 'other_two'] },
  alpha: [
    { fn: 'cmd.run', command: 'echo grün ☃ 😀', creates: '/srv/created' },
    { 'file.absent': '/srv/gone', timeout: 4321 },
  ],
  mid: { parts: [{ 'file.link': { path_of_link: '/srv/link', target: 'somewhere' } }], after: 'zeta_of_all' },
} as const

/** A text that is refused, and where; without a column any place of the line will do. */
export interface BrokenText {
  readonly title: string
  readonly text: string
  readonly line: number
  readonly column?: number
}

/** What a format brings to {@link loaderSuite}. */
export interface LoaderCases {
  /** {@link loaderSample} on several lines, with keys and items where the data has them. */
  readonly sample: string
  /** A map with this one key, which holds the map `{ polluted: true }`. */
  readonly oneKey: (key: string) => string
  readonly broken: readonly BrokenText[]
  /** For a loader that needs others. */
  readonly context?: LoadContext
}

const file = '/srv/catalog/states/sample'

const refusals: readonly ErrorCode[] = [
  'PRV_LOADER_SYNTAX',
  'PRV_LOADER_FAILED',
  ...(Object.keys(errorTable) as ErrorCode[]).filter((code) => code.startsWith('PRV_TEMPLATE_')),
]

/**
 * What every loader must do, whatever its format: a loader is done when it passes. A text of blanks alone holds no states,
 * the order of keys stays, every key and value has its place, a broken text is refused at a place inside the file, no key
 * reaches a prototype, and the same text gives the same data, whatever was done to the data of an earlier time.
 */
export const loaderSuite = (loader: Loader, cases: LoaderCases): void => {
  const subject = new Subject(loader, cases.context ?? loadContext())
  describe(`the loader ${loader.name}`, () => {
    describeShape(loader, cases)
    describeData(subject, cases)
    describePlaces(subject, cases)
    describeHostileKeys(subject, cases)
    describeRefusals(subject, cases)
  })
}

class Subject {
  readonly file: string

  constructor(
    readonly loader: Loader,
    private readonly context: LoadContext,
  ) {
    this.file = file + (loader.extensions[0] ?? '')
  }

  async load(text: string): Promise<Loaded> {
    return this.loader.load(this.file, text, this.context)
  }

  async failure(text: string): Promise<unknown> {
    try {
      await this.load(text)
    } catch (error) {
      return error
    }
    return undefined
  }
}

const describeShape = (loader: Loader, { sample }: LoaderCases): void => {
  it('has a name, and extensions with a dot', () => {
    expect(loader.name).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(loader.extensions.length).toBeGreaterThan(0)
    for (const extension of loader.extensions) expect(extension).toMatch(/^\.[a-z0-9][a-z0-9-]*$/)
    expect(new Set(loader.extensions).size).toBe(loader.extensions.length)
  })

  it('tells of a text whether it is static, and always the same', () => {
    expect(loader.isStatic(sample)).toBeTypeOf('boolean')
    expect(loader.isStatic(sample)).toBe(loader.isStatic(sample))
  })
}

const describeData = (subject: Subject, { sample }: LoaderCases): void => {
  it.each(['', '\n', ' \r\n\n', '\uFEFF'])('finds no states in %j', async (text) => {
    const loaded = await subject.load(text)
    expect(loaded.data).toStrictEqual({})
    expect(loaded.placeOf(['missing'])).toMatchObject({ file: subject.file, column: 1 })
  })

  it('reads the sample', async () => {
    expect((await subject.load(sample)).data).toStrictEqual(loaderSample)
  })

  it('keeps the order of keys', async () => {
    const { data } = await subject.load(sample)
    expect(JSON.stringify(data)).toBe(JSON.stringify(loaderSample))
  })

  it('reads the same from the same text, whatever was done to the data before', async () => {
    const first = await subject.load(sample)
    for (const key of Object.keys(first.data as object)) delete (first.data as Record<string, unknown>)[key]
    expect((await subject.load(sample)).data).toStrictEqual(loaderSample)
  })
}

/** Every path of the sample, with the letters that stand there; maps and lists have none. */
const pathsIn = (value: unknown, path: ValuePath = []): readonly { path: ValuePath; letters: string | undefined }[] => {
  if (typeof value !== 'object' || value === null) return [{ path, letters: String(value) }]
  const steps: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  const inner = steps.flatMap((step) => pathsIn((value as Record<string | number, unknown>)[step], [...path, step]))
  return [{ path, letters: undefined }, ...inner]
}

/** Whether the letters stand at a place, or right behind the quote that does. */
const standsAt = (text: string, { line, column }: Place, letters: string): boolean => {
  const found = (text.split(/\r\n|\n/)[line - 1] ?? '').slice(column - 1)
  return found.startsWith(letters) || (/^["'`]/.test(found) && found.startsWith(letters, 1))
}

const describePlaces = (subject: Subject, { sample }: LoaderCases): void => {
  const paths = pathsIn(loaderSample)
  const changed: readonly (readonly [string, string])[] = [
    ['as it is', sample],
    ['with CRLF', sample.replaceAll('\n', '\r\n')],
    ['behind a byte order mark', `\uFEFF${sample}`],
  ]

  it.each(changed)('knows the place of every value: %s', async (_title, text) => {
    const loaded = await subject.load(text)
    expect(loaded.data).toStrictEqual(loaderSample)
    const written = text.replace(/^\uFEFF/, '')
    for (const { path, letters } of paths) {
      const place = loaded.placeOf(path)
      expect(place.file).toBe(subject.file)
      if (letters !== undefined)
        expect(standsAt(written, place, letters), `${path.join('.')} at ${shown(place)}`).toBe(true)
    }
  })

  it.each(changed)('knows the place of every key: %s', async (_title, text) => {
    const loaded = await subject.load(text)
    const written = text.replace(/^\uFEFF/, '')
    for (const { path } of paths) {
      const place = loaded.placeOfKey(path)
      const last = path.at(-1)
      if (typeof last === 'number') expect(place).toEqual(loaded.placeOf(path))
      if (typeof last === 'string')
        expect(standsAt(written, place, last), `${path.join('.')} at ${shown(place)}`).toBe(true)
    }
  })

  it.each<[ValuePath, ValuePath]>([
    [['missing'], []],
    [['zeta', 'missing'], ['zeta']],
    [
      ['zeta', 'file.directory', 'missing', 'x', 3],
      ['zeta', 'file.directory'],
    ],
    [
      ['zeta', 'requires', 7],
      ['zeta', 'requires'],
    ],
    [
      ['alpha', 1, 'file.absent', 'path'],
      ['alpha', 1, 'file.absent'],
    ],
    [['alpha', 'missing'], ['alpha']],
    [['constructor'], []],
    [['zeta', '__proto__', 'toString'], ['zeta']],
  ])('gives for %j, which is not there, the place of %j', async (missing, around) => {
    const loaded = await subject.load(sample)
    expect(loaded.placeOf(missing)).toEqual(loaded.placeOf(around))
    expect(loaded.placeOfKey(missing)).toEqual(loaded.placeOfKey(around))
  })
}

const describeHostileKeys = (subject: Subject, { oneKey }: LoaderCases): void => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'reaches no prototype by the key %s',
    async (key) => {
      const error = await subject.failure(oneKey(key))
      if (error !== undefined) {
        expect(error).toBeInstanceOf(ProveError)
        expect(refusals).toContain((error as ProveError).code)
      } else {
        const { data } = await subject.load(oneKey(key))
        expect(Object.keys(data as object)).toEqual([key])
        expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect((Object as unknown as Record<string, unknown>)['polluted']).toBeUndefined()
    },
  )
}

const describeRefusals = (subject: Subject, { broken }: LoaderCases): void => {
  it('has broken texts to refuse', () => {
    expect(broken.length).toBeGreaterThan(0)
  })

  it.each(broken)('refuses $title', async ({ text, line, column }) => {
    const error = await subject.failure(text)
    expect(error).toBeInstanceOf(ProveError)
    const { code, message, place } = error as ProveError
    expect(refusals).toContain(code)
    expect(message).not.toMatch(/\n|\.$/)
    expect(place).toMatchObject({ file: subject.file, line, ...(column === undefined ? {} : { column }) })
    const found = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)[line - 1]
    expect(place?.column).toBeGreaterThan(0)
    expect(place?.column).toBeLessThanOrEqual((found ?? '').length + 1)
  })
}

const shown = ({ line, column }: Place): string => `${line}:${column}`
