import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Facts } from '../contracts/facts.js'
import type { Step } from '../contracts/step.js'
import type { PlacedContent } from '../steps/placed-content.js'
import { stepLibrary } from '../wire/step-library.js'
import { definePlacing } from './placing-kind.js'

interface SaidStep extends Step, PlacedContent {
  readonly kind: 'test.said'
  readonly text: string
}

const kind = definePlacing<SaidStep>({
  name: 'test.said',
  library: () => 'said() { printf "%s\\n" "$1"; [ "$1" != broken ] || fail "it broke"; }',
  bring: ({ text }) => `said '${text}'`,
  content: ({ text }) => ({ size: text.length + 1 }),
  placed: ({ path }) => `[ -e '${path}' ] && : >'${path}.seen'`,
})

const facts = { dialect: 'gnu', user: 'root', group: 'root', uid: 0, stateFolder: '/nonexistent' } as unknown as Facts

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-placing-'))
  path = join(folder, 'it is')
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (step: Omit<SaidStep, 'kind' | 'path'>): { readonly status: number | null; readonly stderr: string } => {
  const command = kind.command({ kind: 'test.said', path, ...step }, () => 'none', facts)
  const script = `D='${folder}'\n${stepLibrary(facts)}\n${kind.library?.(facts)}\n( ${command} )`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8' })
}

describe('a kind of step that places what the target brings', () => {
  it('places it with its mode, and says so', () => {
    expect(run({ text: 'hello', mode: '0600' })).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(path, 'utf8')).toBe('hello\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(existsSync(`${path}.seen`)).toBe(true)
  })

  it('leaves all as it was where it cannot be brought', () => {
    writeFileSync(path, 'before')
    expect(run({ text: 'broken' })).toMatchObject({ status: 1, stderr: 'it broke\n' })
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['it is'])
  })

  it('asks the command of validate before it is in place', () => {
    expect(run({ text: 'hello', validate: { command: 'exit 3' } }).status).toBe(3)
    expect(existsSync(path)).toBe(false)
  })

  it('touches its path and the backup, and gives what is known of the content', () => {
    const step: SaidStep = { kind: 'test.said', path: '/a', text: 'hello', backup: '/a.bak', fresh: true }
    expect(kind.touches?.(step)).toEqual({ paths: ['/a', '/a.bak'] })
    expect(kind.gives?.(step, facts)).toEqual([
      { key: 'file:/a', fields: { type: 'file', names: 1, size: 6, mode: '0644', owner: 'root', group: 'root' } },
      { key: 'file:/a.bak', fields: { type: 'file' } },
    ])
  })
})
