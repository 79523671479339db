import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Place } from './prove.js'
import { shownBy } from './terminal.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

const docs = async (...words: readonly string[]): Promise<string> => {
  const { exit, stdout, stderr } = await place.prove(['docs', ...words])
  expect([exit, stderr]).toEqual([0, ''])
  return stdout
}

interface Told {
  readonly name: string
  readonly arguments: readonly { readonly name: string; readonly required: boolean }[]
  readonly examples: readonly { readonly states: string }[]
}

describe('prove docs', () => {
  it('lists every function with a line, and those of a family', async () => {
    const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n')
    const all = linesOf(await docs())
    for (const line of all) expect(line).toMatch(/^\w+\.\w+ +\S/)
    for (const name of ['cmd.run', 'file.managed', 'meta.each'])
      expect(all.some((line) => line.startsWith(`${name} `))).toBe(true)
    const namesOf = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/ .*/, ''))
    expect(namesOf(linesOf(await docs('file')))).toEqual(namesOf(all).filter((name) => name.startsWith('file.')))
  })

  it('wraps them on a terminal', async () => {
    const { lines } = shownBy((await place.onTerminal(['docs']).ended).stdout)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    expect(lines.length).toBeGreaterThan((await docs()).trimEnd().split('\n').length)
  })

  it('tells the arguments of one, and examples', async () => {
    const told = JSON.parse(await docs('file.directory', '-o', 'json')) as Told
    expect(told.arguments.find(({ name }) => name === 'path')).toMatchObject({ required: true })
    const page = await docs('file.directory')
    for (const { name } of told.arguments) expect(page).toContain(`  ${name}  `)
    expect(told.examples.length).toBeGreaterThan(0)
    for (const { states } of told.examples) expect(page).toContain(states.split('\n')[0])
  })

  it.each([
    ['file.manged', 'did you mean "file.managed"?'],
    ['fiel', 'did you mean "file"?'],
    ['redis.running', '"prove docs" lists'],
  ])('does not know %s', async (name, hint) => {
    const { exit, stdout, stderr } = await place.prove(['docs', name])
    expect([exit, stdout]).toEqual([1, ''])
    expect(stderr).toContain(hint)
  })
})
