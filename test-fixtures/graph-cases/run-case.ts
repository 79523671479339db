import { knownErrors } from '@prove/core'
import { expect } from 'vitest'
import type { Session } from '../../core/src/contracts/session.js'
import { apply } from '../../core/src/engine/apply.js'
import type { Applied } from '../../core/src/engine/applied.js'
import { Interruption } from '../../core/src/engine/interruption.js'
import type { Turn } from '../../core/src/engine/invocation.js'
import type { LedgerOwner } from '../../core/src/engine/ledger.js'
import type { PlanLine } from '../../core/src/engine/plan-line.js'
import { plan } from '../../core/src/engine/plan.js'
import type { LocalGround } from '../local-session.js'
import { falsePromises } from '../oracle/judge.js'
import type { GraphCase } from './graph-case.js'
import type { Stage } from './stage.js'

/** Runs cases on one stage. */
export class CaseRunner {
  constructor(
    private readonly ground: LocalGround,
    private readonly stage: Stage,
    private readonly environment: string,
  ) {}

  async check(one: GraphCase): Promise<void> {
    if (one.error !== undefined) return this.#refuse(one)
    const turns = this.#turns(one)
    const session = this.stage.build(one)
    const lines = await this.#plan(turns, session)
    if (one.planned !== undefined) expect(plannedOf(lines)).toEqual(one.planned)
    const reports = await this.#apply(turns, session)
    const did = [...this.stage.log()]
    expect(ranOf(reports)).toEqual(one.ran)
    if (one.did !== undefined) expect(did).toEqual(one.did)
    expect(falsePromises(lines, reports), 'what the plan said for sure came true').toEqual([])
    expect(await this.stage.waiting(this.environment), 'what waits for the next run').toHaveLength(one.waiting ?? 0)
    if (one.again !== undefined) {
      const next = await this.#plan(turns, session)
      const second = await this.#apply(turns, session)
      expect(ranOf(second), 'the second run').toEqual(one.again)
      expect(falsePromises(next, second), 'what was planned for it').toEqual([])
    }
  }

  /** What comes of the states with nothing sent ahead, or with. */
  async outcome(one: GraphCase, speculate: boolean): Promise<unknown> {
    if (one.error !== undefined) return undefined
    const reports = await this.#apply(this.#turns(one), this.stage.build(one), speculate)
    // When a circle is told of depends on when the master hears of it.
    return {
      ran: ranOf(reports).toSorted(),
      did: [...this.stage.log()],
      end: JSON.parse(this.stage.snapshot()) as unknown,
    }
  }

  #turns({ states, files = {} }: GraphCase): readonly Turn[] {
    const data = JSON.parse(JSON.stringify([states, files]).replaceAll('{root}', this.stage.root)) as [
      unknown,
      Readonly<Record<string, unknown>>,
    ]
    return this.ground.turns(...data)
  }

  #refuse(one: GraphCase): void {
    let thrown: unknown
    try {
      this.#turns(one)
    } catch (error) {
      thrown = error
    }
    expect([...new Set(knownErrors(thrown).map(({ code }) => code))]).toEqual([one.error])
  }

  async #plan(turns: readonly Turn[], session: Session): Promise<readonly PlanLine[]> {
    const before = this.stage.snapshot()
    const lines = await plan(turns, {
      reader: session,
      facts: session.facts,
      kinds: this.ground.kernel.kinds,
      owner: this.#owner,
      ledger: () => session.ledger(),
    })
    expect(this.stage.snapshot(), 'a plan writes nothing').toBe(before)
    return lines
  }

  async #apply(turns: readonly Turn[], session: Session, speculate = true): Promise<readonly Applied[]> {
    const reports: Applied[] = []
    await apply(turns, {
      session,
      facts: session.facts,
      kinds: this.ground.kernel.kinds,
      interruption: new Interruption(),
      owner: this.#owner,
      speculate,
      report: (applied) => reports.push(applied),
    })
    return reports
  }

  get #owner(): LedgerOwner {
    return { catalog: 'prove-graph-cases', environment: this.environment }
  }
}

const nameOf = ({ invocation: { state } }: Pick<Applied, 'invocation'>): string => state.id.replace(/^test:/, '')

const inOrder = <T extends Pick<Applied, 'invocation'>>(all: readonly T[]): readonly T[] =>
  all.toSorted((a, b) => a.invocation.sequence - b.invocation.sequence)

/** How every part ended, by its place in the run. */
const ranOf = (reports: readonly Applied[]): readonly string[] => {
  const last = new Map(reports.map((applied) => [applied.invocation.sequence, applied]))
  return inOrder([...last.values()]).map((applied) => `${nameOf(applied)} ${applied.outcome}`)
}

const plannedOf = (lines: readonly PlanLine[]): readonly string[] =>
  inOrder(lines).map((line) => `${nameOf(line)} ${line.outcome} ${line.confidence}`)
