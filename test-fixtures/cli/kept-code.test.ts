import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Place } from './prove.js'

const places: Place[] = []

afterAll(() => {
  for (const place of places) place.remove()
})

/** A cache of its own, and what is kept in it. */
const begun = () => {
  const place = new Place()
  places.push(place)
  const env = { XDG_CACHE_HOME: place.path('cache') }
  const folder = place.path('cache/prove/code')
  const kept = (): readonly string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : [])
  return { prove: (...words: readonly string[]) => place.prove(words, env), folder, kept }
}

describe('what V8 has compiled', () => {
  it('is kept from one run to the next, for help and for commands of every day', async () => {
    const { prove, folder, kept } = begun()
    const first = await prove('--help')
    expect(kept()).toEqual([expect.stringMatching(/^cli-.*-help-/)])
    const [file = ''] = kept().map((name) => join(folder, name))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(file)
    expect(await prove('--help')).toEqual(first)
    expect(readFileSync(file).equals(bytes)).toBe(true)
    await prove('check')
    expect(kept()).toHaveLength(1)
    await prove('schema')
    expect(kept()).toHaveLength(1)
  })

  it.each<[title: string, spoil: (file: string, bytes: Buffer) => void]>([
    ['cut short', (file, bytes) => writeFileSync(file, bytes.subarray(0, bytes.length - 5000))],
    ['partly lost', (file, bytes) => writeFileSync(file, Buffer.from(bytes).fill(0, 50_000, 70_000))],
    ['empty', (file) => writeFileSync(file, '')],
    ['of another script', (file, bytes) => writeFileSync(file, Buffer.from(bytes).fill('0', 15, 20))],
    ['writable by others', (file) => chmodSync(file, 0o622)],
  ])('is not used and made again where it is %s', async (_title, spoil) => {
    const { prove, folder, kept } = begun()
    const first = await prove('--help')
    const [file = ''] = kept().map((name) => join(folder, name))
    const { ino } = statSync(file)
    spoil(file, readFileSync(file))
    expect(await prove('--help')).toEqual(first)
    expect(statSync(file).ino).not.toBe(ino)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})
