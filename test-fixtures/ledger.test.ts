import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import type { LedgerEntry } from '../core/src/contracts/ledger.js'
import type { Step } from '../core/src/contracts/step.js'
import { apply } from '../core/src/engine/apply.js'
import { Interruption } from '../core/src/engine/interruption.js'
import { ledgerClear, ledgerNote } from '../core/src/steps/ledger.js'
import { LocalGround, owner } from './local-session.js'
import { findProgram } from './find-program.js'
import { type LocalOptions, optionsOf, skipOrFail, type TestShell, testShells } from './shells.js'

const root = mkdtempSync(join(tmpdir(), 'prove-ledger-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const unshare = findProgram('unshare')
const separable = unshare !== undefined && spawnSync(unshare, ['-m', 'true']).status === 0

const ground = new LocalGround()
let places = 0

/** A state folder of its own: root's has a fixed place, which is another one in a mount namespace. */
const placeOf = (ctx: TestContext, shell: TestShell): Place => {
  const home = join(root, String(places++))
  mkdirSync(home)
  const options = optionsOf(ctx, shell, { XDG_STATE_HOME: home })
  if (!isRoot) return new Place(options, join(home, 'prove'), home)
  if (!separable) return skipOrFail(ctx, 'root needs mount namespaces')
  const inside = join(home, 'sh')
  const bind = `mkdir -p /var/lib/prove; '${findProgram('mount')}' --bind '${home}' /var/lib/prove`
  writeFileSync(inside, `#!/bin/sh\n${bind} && exec '${options.shell}' "$@"\n`)
  chmodSync(inside, 0o755)
  return new Place({ ...options, shell: `${unshare} -m ${inside}` }, home, home)
}

class Place {
  constructor(
    private readonly options: LocalOptions,
    private readonly state: string,
    readonly folder: string,
  ) {}

  get ledger(): string {
    return join(this.state, 'ledger')
  }

  /** What the next session reads with the facts. */
  async entries(): Promise<readonly LedgerEntry[]> {
    const session = await ground.open({ ...this.options, lock: { who: 'tests', since: 'now' } })
    const entries = await session.ledger()
    await session.close()
    return entries
  }

  async perform(...steps: readonly Step[]): Promise<readonly string[]> {
    const session = await ground.open(this.options)
    const numbered = steps.map((step, number) => ({ step, number, needs: [] }))
    const { results } = await session.perform([{ steps: numbered, proof: [] }], [])
    await session.close()
    return [...results.values()].map(({ status, stderr }) => status + stderr)
  }

  /** `state outcome`, and the reason where there is one. */
  async apply(states: Record<string, unknown>, ledgerOptional = false): Promise<readonly string[]> {
    const session = await ground.open({ ...this.options, lock: { who: 'tests', since: 'now' } })
    const { applied } = await apply(ground.turns(states), {
      session,
      facts: session.facts,
      kinds: ground.kernel.kinds,
      interruption: new Interruption(),
      owner,
      speculate: true,
      ledgerOptional,
      report: () => undefined,
    })
    await session.close()
    return applied.map(({ invocation: { state }, outcome, reason = '' }) => `${state.id} ${outcome} ${reason}`.trim())
  }
}

const entry = (key: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ key, ...owner, state: 'test:reload', with: {}, by: 'test:conf', since: '2026-01-02T03:04:05.678Z' },
  ...more,
})

const odd = {
  quotes: `it's "quoted" \`here\` $HOME $(id) \${x}`,
  backslashes: '\\ \\\\ \\n \\0 \\c \\',
  lines: 'one\ntwo\r\n\tthree\n\n',
  percents: '%s %d %%',
  blanks: '  both ends  ',
  letters: 'é 😀 \u2028 \u0001 \u007f',
  "it's a 'name'": [null, true, 1.5, { deep: ["'"] }],
  large: 'x'.repeat(300_000),
}

describe.each(testShells())('the ledger of a target with $name', (shell) => {
  it('keeps what was noted for the next session, for its owner alone, until it is cleared', async (ctx) => {
    const place = placeOf(ctx, shell)
    expect(await place.entries()).toEqual([])
    expect(await place.perform(ledgerNote([entry('aa'), entry('bb', { state: 'test:other' })]))).toEqual(['done'])
    expect(await place.entries()).toEqual([entry('aa'), entry('bb', { state: 'test:other' })])
    expect([statSync(place.ledger).mode & 0o777, statSync(join(place.ledger, 'aa')).mode & 0o777]).toEqual([
      0o700, 0o600,
    ])
    expect(await place.perform(ledgerClear(['aa', 'cc']))).toEqual(['done'])
    expect(await place.entries()).toEqual([entry('bb', { state: 'test:other' })])
    expect(await place.perform(ledgerClear(['bb']))).toEqual(['done'])
    expect(readdirSync(place.ledger)).toEqual([])
  })

  it('keeps one of equal notifications, the last', async (ctx) => {
    const place = placeOf(ctx, shell)
    const later = entry('aa', { since: '2026-01-03T00:00:00.000Z' })
    expect(await place.perform(ledgerNote([entry('aa')]), ledgerNote([later]))).toEqual(['done', 'done'])
    expect(await place.entries()).toEqual([later])
  })

  it.for(Object.keys(odd))('keeps variables of any content: %s', async (name, ctx) => {
    const place = placeOf(ctx, shell)
    const written = entry('aa', { with: { [name]: odd[name as keyof typeof odd] } })
    expect(await place.perform(ledgerNote([written, entry('bb')]))).toEqual(['done'])
    expect(await place.entries()).toEqual([written, entry('bb')])
  })

  it('passes over what is damaged or half written, and who takes the lock removes the half', async (ctx) => {
    const place = placeOf(ctx, shell)
    await place.perform(ledgerNote([entry('aa')]))
    for (const [name, text] of [
      ['.bb', '{"key":"b'],
      ['cc', '{"key":"c'],
      ['dd', ''],
      ['ee', 'null\n'],
    ] as const) {
      writeFileSync(join(place.ledger, name), text)
    }
    expect(await place.entries()).toEqual([entry('aa')])
    expect(readdirSync(place.ledger).toSorted()).toEqual(['aa', 'cc', 'dd', 'ee'])
  })

  it('that cannot be written lets no step begin that would notify, unless it may be done without', async (ctx) => {
    const place = placeOf(ctx, shell)
    const conf = join(place.folder, 'conf')
    const file = (name: string): object => ({ 'file.managed': { path: join(place.folder, name), content: 'x' } })
    const states = {
      plain: file('plain'),
      conf: { ...file('conf'), notify: 'reload' },
      next: { ...file('next'), requires: 'conf' },
      reload: { 'cmd.run': `cp '${conf}' '${join(place.folder, 'running')}'`, lazy: true },
    }
    mkdirSync(join(place.ledger, '..'), { recursive: true })
    writeFileSync(place.ledger, '')
    const [plain, told, next, ...others] = await place.apply(states)
    expect([plain, next, others]).toEqual([
      'test:plain changed',
      'test:next skipped requires test:conf, which did not succeed',
      [],
    ])
    expect(told).toMatch(/^test:conf failed its notifications cannot be noted on the target: .*\/ledger/)
    expect(['plain', 'conf', 'next', 'running'].filter((name) => existsSync(join(place.folder, name)))).toEqual([
      'plain',
    ])
    expect(await place.apply(states, true)).toEqual([
      'test:plain ok',
      'test:conf changed',
      'test:next changed',
      'test:reload changed',
    ])
    expect(existsSync(join(place.folder, 'running'))).toBe(true)
  })

  it('keeps a notification from before the change until it was answered', async (ctx) => {
    const place = placeOf(ctx, shell)
    const seen = join(place.folder, 'seen')
    // What it writes is what the ledger held while it ran.
    const look = (name: string): string => `grep -h -o '"state":"[^"]*"' "$LEDGER"/* >>'${seen}-${name}' || :`
    const env = { LEDGER: isRoot ? '/var/lib/prove/ledger' : place.ledger }
    const states = {
      change: { 'cmd.run': look('change'), env, notify: 'reload' },
      reload: { 'cmd.run': look('reload'), env, lazy: true },
    }
    expect(await place.apply(states)).toEqual(['test:change changed', 'test:reload changed'])
    for (const name of ['change', 'reload']) {
      expect(spawnSync('cat', [`${seen}-${name}`], { encoding: 'utf8' }).stdout, name).toBe('"state":"test:reload"\n')
    }
    expect(await place.entries()).toEqual([])
  })
})
