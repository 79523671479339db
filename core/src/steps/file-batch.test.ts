import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import { LocalGround } from '../../../test-fixtures/local-session.js'
import { optionsOf, type TestShell, testShells } from '../../../test-fixtures/shells.js'
import { makeBlob } from '../made-blob.js'
import type { FileWriteStep } from './file.js'
import { batchesOf } from './file-batch.js'

const ground = new LocalGround()
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prove 'batch' "))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)

const fresh = (name: string, mode?: string): FileWriteStep => ({
  kind: 'file.write',
  path: at(name),
  blob: makeBlob(`of ${name}\n`),
  fresh: true,
  mode,
})

const perform = async (ctx: TestContext, shell: TestShell, steps: readonly FileWriteStep[]): Promise<unknown> => {
  const results = await ground.perform(optionsOf(ctx, shell), steps)
  return results.map((result) => result?.status)
}

describe.each(testShells())('new files of one directory, in $name', (shell) => {
  it('are made with their content and mode, and are of now', async (ctx) => {
    const steps = [fresh('one'), fresh('two', '0600'), fresh('-three', '0755')]
    expect(batchesOf(steps.map((step, i) => ({ number: i + 1, needs: [], step })))).toHaveLength(1)
    writeFileSync(at('before'), '')
    expect(await perform(ctx, shell, steps)).toEqual(['done', 'done', 'done'])
    for (const [name, mode] of [
      ['one', 0o644],
      ['two', 0o600],
      ['-three', 0o755],
    ] as const) {
      expect(readFileSync(at(name), 'utf8')).toBe(`of ${name}\n`)
      const { mode: found, mtimeMs } = statSync(at(name))
      expect(found & 0o7777).toBe(mode)
      // The kernel and a program may round time to another tick.
      expect(mtimeMs).toBeGreaterThan(statSync(at('before')).mtimeMs - 1000)
    }
  })

  it('are made one by one where something is in the way of one', async (ctx) => {
    writeFileSync(at('two'), 'of somebody\n')
    expect(await perform(ctx, shell, [fresh('one'), fresh('two')])).toEqual(['done', 'done'])
    expect(readFileSync(at('one'), 'utf8')).toBe('of one\n')
    expect(readFileSync(at('two'), 'utf8')).toBe('of two\n')
  })
})
