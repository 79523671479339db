import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { besideAnsible } from '../beside/beside-ansible.js'
import type { Ground } from '../beside/ground.js'
import { Recording } from '../beside/recording.js'
import { skipOrFail } from '../shells.js'
import { whyNoLab } from './lab.js'
import { ManagedHost, type Told, type WrittenCatalog } from './managed-host.js'

/** States, a host that they are brought to, and what comes of it. */
export interface HostCase extends WrittenCatalog {
  readonly title: string
  /** Text for a shell of root that makes the host what it is before. */
  readonly before?: string
  /** How the first run ends; changed unless given. */
  readonly outcome?: 'changed' | 'ok' | 'failed'
  /** What the reason of a failure, or its plan, says. */
  readonly says?: RegExp
  /** Text for a shell of root that succeeds on a host that is as declared. */
  readonly after?: string
  /** How a second run ends: ok unless given, and as the first where that failed. */
  readonly second?: 'changed' | 'ok' | 'failed'
  /** A plan cannot know what comes: whether it fails, or changes anything. */
  readonly isForeseen?: false
  /** What comes depends on who is first: nothing to compare it with. */
  readonly isRaced?: true
}

/** What no plan may touch. */
const kept = ['/etc', '/home', '/opt', '/root', '/srv', '/usr/local', '/var/spool', '/var/lib/dpkg', '/var/www']

const reasons = ({ lines }: Told): string => lines.map(({ state, reason }) => `${state}: ${reason ?? ''}`).join('\n')

const outcomesOf = ({ lines }: Told): readonly string[] => lines.map(({ outcome }) => outcome)

const shown = ({ lines }: Told): string => JSON.stringify(lines, undefined, 1)

const noneIs = (told: Told, outcome: string): void => {
  expect(outcomesOf(told), shown(told)).not.toContain(outcome)
}

/** How the cases of an area are run. */
export interface HostOptions {
  /** Each case has a host that was just made. */
  readonly fresh?: boolean
  /** Debian's Ansible is asked for the same, and what then is there compared. */
  readonly beside?: Ground
}

/**
 * Cases on one real host, in order: plan, which touches nothing and foretells what comes; apply; apply again; plan again, which has
 * nothing to say. Each begins with what those before it have left, unless `fresh` says that the host is reset.
 */
export const hostCases = (area: string, cases: readonly HostCase[], options: HostOptions = {}): void => {
  const { fresh = false, beside } = options
  describe(`${area}, on a host`, () => {
    const missing = whyNoLab()
    if (missing !== undefined) return it('every case', (ctx) => skipOrFail(ctx, missing))
    let host: ManagedHost
    beforeAll(async () => {
      host = await ManagedHost.boot()
    })
    afterAll(() => host?.close())

    const recording = beside === undefined ? undefined : new Recording(beside, cases)

    it.each(cases.map((each, i) => [each.title, each, i] as const))('%s', async (_title, each, i) => {
      if (fresh) await host.host.reset()
      await recording?.begin(host, i)
      if (each.before !== undefined) await host.run(each.before)
      await check(host, each)
      await recording?.end(host, i)
    })

    if (recording !== undefined) besideAnsible(area, recording, () => host)
  })
}

const check = async (host: ManagedHost, each: HostCase): Promise<void> => {
  const { outcome = 'changed', second = outcome === 'failed' ? 'failed' : 'ok', says } = each
  await host.beginWatch()
  const plan = await host.plan(each)
  expect(await host.touched(kept), 'a plan leaves all as it was').toBe('')
  if (each.isForeseen !== false) {
    if (outcome === 'ok') noneIs(plan, 'would-change')
    if (outcome === 'failed') expect(outcomesOf(plan)).toContain('failed')
    else noneIs(plan, 'failed')
    if (outcome === 'changed')
      expect(outcomesOf(plan).some((one) => one === 'would-change' || one === 'pending')).toBe(true)
  }
  const first = await host.apply(each)
  expect(first.summary.outcome, reasons(first)).toBe(outcome)
  if (says !== undefined) expect(reasons(first)).toMatch(says)
  if (each.after !== undefined) await host.run(each.after)
  const again = await host.apply(each)
  expect(again.summary.outcome, `the second run:\n${shown(again)}`).toBe(second)
  if (second !== 'ok' || each.isForeseen === false) return
  const last = await host.plan(each)
  noneIs(last, 'would-change')
  noneIs(last, 'failed')
}
