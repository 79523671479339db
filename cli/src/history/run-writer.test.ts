import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProveEvent } from '@prove/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventsIn, keptRun } from './run-file.js'
import { RunWriter } from './run-writer.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-history-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (targets: number): ProveEvent => ({
  type: 'run',
  id: '1',
  operation: 'apply',
  started: '2026-01-01T00:00:00.000Z',
  version: '0.1.0',
  targets: Array.from({ length: targets }, (_, i) => `ünïcode-${i}`),
})

const summary = (targets: number): ProveEvent => {
  const one = { outcome: 'ok', ok: 1, changed: 0, failed: 0, skipped: 0, roundTrips: 1, elapsedMs: 1 } as const
  const all = Array.from({ length: targets }, (_, i) => [`ünïcode-${i}`, one])
  return {
    type: 'summary',
    operation: 'apply',
    exit: 0,
    elapsedMs: 1,
    targets: Object.fromEntries(all) as Record<string, typeof one>,
  }
}

it.each([1, 3000])('writes what is read again, also of %d targets', async (targets) => {
  const file = join(folder, 'runs/1.jsonl')
  const events = [run(targets), summary(targets)]
  const writer = new RunWriter(file)
  for (const event of events) writer.take(event)
  expect(await writer.end()).toBeUndefined()
  expect(eventsIn(file)).toEqual(events)
  expect(keptRun(file, '1')).toMatchObject({ run: events[0], summary: events[1], isRunning: false })
})

it('leaves alone what is there under its name', async () => {
  const file = join(folder, '1.jsonl')
  writeFileSync(file, 'of somebody else')
  const writer = new RunWriter(file)
  writer.take(run(1))
  expect(await writer.end()).toContain('EEXIST')
  expect(readFileSync(file, 'utf8')).toBe('of somebody else')
})

/** Only who may mount can fill a disk without harm. */
const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

it.skipIf(!mayMount)('tells of a full disk, and leaves no half of a record', async () => {
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', folder])
  try {
    const file = join(folder, '1.jsonl')
    const writer = new RunWriter(file)
    for (let i = 0; i < 100; i += 1) writer.take(run(100))
    expect(await writer.end()).toContain('ENOSPC')
    expect(existsSync(file)).toBe(false)
  } finally {
    spawnSync('umount', [folder])
  }
})
