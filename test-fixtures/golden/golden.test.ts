import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { colorsFor } from '../../cli/src/console/colors.js'
import { proveFace } from '../../cli/src/prove-face.js'
import { runLine } from '../../cli/src/run-line.js'
import { errorTable } from '@prove/core'

/**
 * Broken input and what Prove says about it, side by side: a file of `=== path` sections, of which `=== says` is what is
 * printed, and `=== run` the command line where it is not `check`. With PROVE_GOLDEN=update the files are written anew.
 */
const cases = join(dirname(fileURLToPath(import.meta.url)), 'cases')
const isUpdating = process.env['PROVE_GOLDEN'] === 'update'
const folder = mkdtempSync(join(tmpdir(), 'prove-golden-'))
const home = process.cwd()
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true, force: true })
})

type Sections = ReadonlyMap<string, string>

const sectionsOf = (text: string): Sections => {
  const parts = text.split(/^=== (.*)\n/m).slice(1)
  return new Map(parts.flatMap((name, i) => (i % 2 === 0 ? [[name, parts[i + 1] ?? '']] : [])))
}

/** Words as a shell would split them; quotes keep a word together. */
const wordsOf = (line: string): readonly string[] =>
  [...line.trim().matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  )

const plain = colorsFor({ isTTY: false })

const saidBy = async (words: readonly string[]): Promise<string> => {
  let said = ''
  const print = (text: string): void => {
    said += text
  }
  await runLine(words, { print, complain: print, colors: plain, errorColors: plain, screen: undefined }, proveFace)
  return said
}

const run = async (name: string, sections: Sections): Promise<string> => {
  const root = join(folder, name)
  mkdirSync(root, { recursive: true })
  for (const [path, text] of sections) {
    if (path === 'says' || path === 'run') continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text.replaceAll('␀', '\0').replaceAll('␉', '\t'))
  }
  process.chdir(root)
  const said = await saidBy(wordsOf(sections.get('run') ?? 'check'))
  return said.replaceAll(root, '<folder>')
}

const names = readdirSync(cases).toSorted()

describe.sequential('what is told of broken input:', () => {
  it.each(names)('%s', async (name) => {
    const file = join(cases, name)
    const text = readFileSync(file, 'utf8')
    const sections = sectionsOf(text)
    const said = await run(name, sections)
    if (isUpdating) writeFileSync(file, `${text.replace(/^=== says\n[^]*/m, '')}=== says\n${said}`)
    else expect(said).toBe(sections.get('says'))
    const codes = [...said.matchAll(/PRV_\w+$/gm)].map(([code]) => code)
    expect(codes.length).toBeGreaterThan(0)
    // The secret of every case that has one.
    expect(said).not.toContain('hunter2')
    expect(codes.filter((code) => !Object.hasOwn(errorTable, code))).toEqual([])
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+\)?$|"undefined"|\[object/m)
  })
})
