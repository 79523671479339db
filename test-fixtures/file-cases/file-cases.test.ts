import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBlob } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShellSession } from '../../core/src/wire/shell-session.js'
import { apply } from '../../core/src/engine/apply.js'
import type { Applied } from '../../core/src/engine/applied.js'
import { Interruption } from '../../core/src/engine/interruption.js'
import type { Turn } from '../../core/src/engine/invocation.js'
import type { PlanLine } from '../../core/src/engine/plan-line.js'
import { plan } from '../../core/src/engine/plan.js'
import { LocalGround, owner } from '../local-session.js'
import { falsePromises } from '../oracle/judge.js'
import { skipOrFail } from '../shells.js'
import { allFileCases } from './all-cases.js'
import { plant, seen } from './case-tree.js'
import type { FileCase } from './file-case.js'

const ground = new LocalGround()
const folder = mkdtempSync(join(tmpdir(), 'prove-files-'))
const root = join(folder, 'root')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('every function over files', () => {
  const me = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`
  let session: ShellSession
  beforeAll(async () => {
    session = await ground.open()
  })
  afterAll(() => session.close())

  const planned = (turns: readonly Turn[]): Promise<readonly PlanLine[]> =>
    plan(turns, {
      reader: session,
      facts: session.facts,
      kinds: ground.kernel.kinds,
      owner,
      ledger: () => Promise.resolve([]),
    })

  const applied = async (turns: readonly Turn[]): Promise<readonly Applied[]> => {
    const reports: Applied[] = []
    await apply(turns, {
      session,
      facts: session.facts,
      kinds: ground.kernel.kinds,
      interruption: new Interruption(),
      owner,
      speculate: true,
      report: (each) => reports.push(each),
    })
    return reports
  }

  const outcomeOf = (reports: readonly { readonly outcome: string }[]): string | undefined => reports.at(-1)?.outcome

  const namesOwners = (each: FileCase): boolean => /"(uid|owner)"/.test(JSON.stringify(each))

  it.for(allFileCases.map((each) => [each.title, each] as const))('%s', async ([, each], ctx) => {
    if (process.getuid?.() !== 0 && namesOwners(each)) return skipOrFail(ctx, 'owners need root')
    const { there, fn, args, ends, leaves = there } = each
    plant(root, leaves)
    const wanted = seen(root)
    plant(root, there)
    const before = seen(root)
    const states = { s: { [fn]: args } }
    const turns = ground.turns(JSON.parse(JSON.stringify(states).replaceAll('{root}', root)))
    const lines = await planned(turns)
    expect(seen(root), 'a plan leaves all as it was').toEqual(before)
    const first = await applied(turns)
    expect(outcomeOf(first), first.at(-1)?.reason).toBe(ends)
    expect(seen(root)).toEqual(wanted)
    expect(falsePromises(lines, first), 'what the plan said for sure came true').toEqual([])
    expect(outcomeOf(await applied(turns)), 'the second run').toBe(ends === 'failed' ? 'failed' : 'ok')
    expect(seen(root)).toEqual(wanted)
  })

  it('foretells what editors of one file make of it, one after the other', async () => {
    plant(root, { f: 'a=1\n' })
    const path = join(root, 'f')
    const turns = ground.turns({
      one: { 'file.line': { path, line: 'b=1' } },
      two: { 'file.line': { path, regex: '^b=', line: 'b=2' } },
      three: { 'ini.value': { path, key: 'b', value: 2 } },
      four: { 'file.block': { path, block: 'c' } },
    })
    const lines = await planned(turns)
    expect(lines.map(({ outcome, confidence }) => [outcome, confidence])).toEqual([
      ['would-change', 'sure'],
      ['would-change', 'sure'],
      ['ok', 'sure'],
      ['would-change', 'sure'],
    ])
    expect(falsePromises(lines, await applied(turns))).toEqual([])
    expect(seen(root)).toEqual([String.raw`/f 644 ${me} 1 "a=1\nb=2\n# BEGIN kept by Prove\nc\n# END kept by Prove\n"`])
  })

  it('leaves alone what somebody else has changed since it was looked at', async () => {
    plant(root, { f: 'a\n' })
    const path = join(root, 'f')
    const turns = ground.turns({ s: { 'cmd.run': `echo b >>'${path}'` }, t: { 'file.line': { path, line: 'c' } } })
    const step = { kind: 'file.write', path, blob: makeBlob('c\n'), replaces: makeBlob('x\n').sha256 } as const
    const { results } = await session.perform([{ steps: [{ number: 9001, needs: [], step }], proof: [] }], [])
    expect(results.get(9001)).toMatchObject({ status: 'failed', stderr: expect.stringContaining('somebody else') })
    await applied(turns)
    expect(seen(root)).toEqual([String.raw`/f 644 ${me} 1 "a\nb\nc\n"`])
  })

  it('has cases enough', () => {
    expect(allFileCases.length).toBeGreaterThanOrEqual(200)
    expect(new Set(allFileCases.map(({ title }) => title)).size).toBe(allFileCases.length)
  })
})
