import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { setLine, setLineKind } from './set-line.js'
import { linesKind } from './setting-lines.js'

// The scripts are half of the plugin: they run here in the shell of this machine, as they do on a target.

const folder = mkdtempSync(join(tmpdir(), 'acme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sh = (script: string): Buffer => execFileSync('sh', ['-c', script])

const facts = undefined as never

const ask = (...queries: readonly { path: string; name: string }[]) =>
  linesKind.parse(sh(linesKind.script(queries, facts)), queries, facts)

const noBlob = (): never => {
  throw new Error('no step of this kind has bytes')
}

const file = join(folder, "it's a $file.conf")

it('answers all questions of a batch, in order', () => {
  writeFileSync(file, '# port 1\nport 6379\n  save  900 1 \nsave 300 10\nportable yes\n')
  mkdirSync(join(folder, 'directory'))
  const answers = ask(
    { path: file, name: 'port' },
    { path: file, name: 'save' },
    { path: file, name: 'p.*' },
    { path: join(folder, 'missing'), name: 'port' },
    { path: join(folder, 'directory'), name: 'port' },
  )
  expect(answers.map((answer) => answer.ok && answer.value)).toEqual([
    { file: 'file', values: ['6379'] },
    { file: 'file', values: ['900 1', '300 10'] },
    { file: 'file', values: [] },
    { file: 'absent', values: [] },
    { file: 'other', values: [] },
  ])
})

it('says of every question that a broken answer is none', () => {
  const query = { path: file, name: 'port' }
  const [first, second] = linesKind.parse(Buffer.from('=6379\nfile\n=90'), [query, query], facts)
  expect(first).toEqual({ ok: true, value: { file: 'file', values: ['6379'] } })
  expect(second).toMatchObject({ ok: false, problem: 'failed' })
})

it('sets a line, and leaves the others and the mode alone', () => {
  writeFileSync(file, '# head\nsave 900 1\nport 6379\nsave 300 10\n')
  chmodSync(file, 0o640)
  const value = `"$HOME" 'x' \\n *`
  sh(setLineKind.command(setLine(file, 'save', value), noBlob, facts))
  sh(setLineKind.command(setLine(file, 'loglevel', 'notice'), noBlob, facts))
  expect(readFileSync(file, 'utf8')).toBe(`# head\nsave ${value}\nport 6379\nloglevel notice\n`)
  expect(ask({ path: file, name: 'save' })).toEqual([{ ok: true, value: { file: 'file', values: [value] } }])
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

it('makes a missing file, and nothing where that fails', () => {
  const made = join(folder, 'made.conf')
  sh(setLineKind.command(setLine(made, 'port', '1'), noBlob, facts))
  expect(readFileSync(made, 'utf8')).toBe('port 1\n')
  expect(() =>
    sh(`${setLineKind.command(setLine(join(folder, 'no/such'), 'port', '1'), noBlob, facts)} 2>&1`),
  ).toThrow()
})

it('predicts what its own steps leave, and nothing else', () => {
  const answer = { file: 'file', values: ['1'] } as const
  const given = (name: string) => setLineKind.gives?.(setLine(file, name, '2'), facts) ?? []
  const query = { path: file, name: 'port' }
  expect(linesKind.predict?.(query, answer, given('port'), facts)).toEqual({ file: 'file', values: ['2'] })
  expect(linesKind.predict?.(query, answer, given('save'), facts)).toEqual(answer)
  expect(linesKind.predict?.(query, answer, [{ key: `file:${file}`, fields: {} }], facts)).toBeUndefined()
})
