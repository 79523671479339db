import type { Facts } from '../contracts/facts.js'
import type { CompiledPart, GuardCommand } from '../contracts/compiled.js'
import type { Answered, Read } from '../contracts/read.js'
import { type Change, isBlocked, type StateFunction } from '../contracts/state-function.js'
import type { Step, StepKind } from '../contracts/step.js'
import { command, type CommandAnswer } from '../reads/command.js'
import { entry, type FileAnswer } from '../reads/file.js'
import { canonicalJson } from '../json.js'
import type { ExecStep } from '../steps/exec.js'
import type { PartInvocation } from './invocation.js'

/** What a reader of the world may say about a read. */
export type Lookup =
  | { readonly known: Answered; readonly because?: readonly string[] }
  /** No prediction: these states decide it. */
  | { readonly until: readonly string[] }
  | 'wanted'

/** What is to be done about a part, as far as the answers tell. `because`: states that this follows from. */
export type Examined =
  | { readonly verdict: 'wanted'; readonly reads: readonly Read[] }
  | { readonly verdict: 'unknown'; readonly until: readonly string[] }
  | {
      readonly verdict: 'skipped'
      readonly reason: string
      readonly guard: keyof CompiledPart['guards'] | 'agent'
      readonly because: readonly string[]
    }
  | { readonly verdict: 'blocked'; readonly reason: string; readonly because: readonly string[] }
  | { readonly verdict: 'same'; readonly because: readonly string[] }
  | {
      readonly verdict: 'changes'
      /** With its late values settled. */
      readonly part: CompiledPart
      readonly changes: readonly Change[]
      readonly steps: readonly Step[]
      readonly because: readonly string[]
    }

export interface Examination {
  readonly invocation: Pick<PartInvocation, 'part' | 'fn' | 'withoutAgent' | 'with' | 'late' | 'wake'>
  readonly lookup: (read: Read) => Lookup
  /** Guards to look at; a proof leaves out those that only say when to act. */
  readonly guards?: 'all' | 'creates'
}

const noAgent = 'it needs an agent, and the target has none'

/** More rounds of reads than any honest function needs. */
const maximumRounds = 16

/** Asks reads, check and apply of a part, in that order. Pure: the same answers give the same result. */
export const examine = ({ invocation, lookup, guards = 'all' }: Examination): Examined => {
  const asked = new Asked(lookup)
  const { fn, late, withoutAgent } = invocation
  const guard = guards === 'all' ? askGuards(invocation.part, asked) : askCreates(invocation.part, asked)
  if (guard !== undefined && !asked.isOpen) return asked.close(guard)
  const settled = late?.(invocation.with, (read) => asked.ask(read)) ?? { part: invocation.part }
  const part = 'part' in settled ? settled.part : undefined
  const early = 'open' in settled ? settled.early : undefined
  // A function that is not to run is not asked what it would like to know.
  const isAble = withoutAgent === undefined
  if (early !== undefined && isAble) askReads(early, fn, asked)
  const seen = part !== undefined && isAble ? askReads(part, fn, asked) : {}
  // A guard that is still to be read is read together with the rest: one round trip for both.
  if (asked.wanted.length > 0) return { verdict: 'wanted', reads: asked.wanted }
  if (asked.until.size > 0) return { verdict: 'unknown', until: [...asked.until] }
  if (guard !== undefined) return asked.close(guard)
  if ('skipped' in settled && guards === 'all') {
    return asked.close({ verdict: 'skipped', guard: 'when', reason: settled.skipped })
  }
  if (withoutAgent === 'skip') return asked.close({ verdict: 'skipped', guard: 'agent', reason: noAgent })
  if (withoutAgent === 'fail') return asked.close({ verdict: 'blocked', reason: noAgent })
  if ('problem' in settled) return asked.close({ verdict: 'blocked', reason: settled.problem })
  if (asked.problem !== undefined) return asked.close({ verdict: 'blocked', reason: asked.problem })
  if (part === undefined) return asked.close({ verdict: 'same' })
  return asked.close(decide(part, fn, seen, invocation.wake))
}

/** What the function makes of the answers; a notified part also has the steps for that, unless it has them already. */
const decide = (
  part: CompiledPart,
  fn: StateFunction,
  seen: Record<string, never>,
  wake: PartInvocation['wake'],
): Closing => {
  const found = fn.check(part.args, seen)
  if (isBlocked(found)) return { verdict: 'blocked', reason: found.blocked }
  const steps = found.length === 0 ? [] : fn.apply(part.args, seen, found)
  const known = new Set(steps.map((step) => canonicalJson(step)))
  const asked = wake === undefined ? [] : (fn.onNotify?.(part.args, seen, found) ?? [])
  const more = asked.filter((step) => !known.has(canonicalJson(step)))
  if (found.length === 0 && more.length === 0) return { verdict: 'same' }
  const notified = more.length === 0 ? [] : [{ field: 'notified', from: null, to: (wake?.by ?? []).join(', ') }]
  return {
    verdict: 'changes',
    part,
    changes: [...found, ...notified],
    steps: [...steps, ...more].map((step) => withRunFields(step, part)),
  }
}

type Distribute<T> = T extends unknown ? Omit<T, 'because'> : never
type Closing = Distribute<Exclude<Examined, { verdict: 'wanted' | 'unknown' }>>

/** Collects what was asked for one part. */
class Asked {
  readonly wanted: Read[] = []
  readonly until = new Set<string>()
  readonly because = new Set<string>()
  problem: string | undefined

  constructor(private readonly lookup: (read: Read) => Lookup) {}

  get isOpen(): boolean {
    return this.wanted.length > 0 || this.until.size > 0
  }

  ask(read: Read): Answered | undefined {
    const found = this.lookup(read)
    if (found === 'wanted') {
      this.wanted.push(read)
      return undefined
    }
    if ('until' in found) {
      for (const state of found.until) this.until.add(state)
      return undefined
    }
    for (const state of found.because ?? []) this.because.add(state)
    return found.known
  }

  close(result: Closing): Examined {
    return { ...result, because: [...this.because] }
  }
}

const problemOf = (read: Read, answered: Extract<Answered, { ok: false }>): string => {
  switch (answered.problem) {
    case 'unavailable':
      return `unavailable: ${answered.detail}`
    case 'timeout':
      return `unknown: ${answered.detail}`
    default:
      return `cannot read ${read.key}: ${answered.detail}`
  }
}

/** Reads by name, in as many rounds as the function names new ones. */
const askReads = (part: CompiledPart, fn: StateFunction, asked: Asked): Record<string, never> => {
  const seen: Record<string, unknown> = {}
  for (let round = 0; round < maximumRounds; round++) {
    const fresh = Object.entries(fn.reads(part.args, seen)).filter(([name]) => !(name in seen))
    const answers = fresh.flatMap(([name, read]) =>
      read === undefined ? [] : [{ name, read, answered: asked.ask(read) }],
    )
    if (answers.length === 0) break
    for (const { name, read, answered } of answers) {
      if (answered?.ok === true) seen[name] = answered.value
      else if (answered !== undefined) asked.problem ??= problemOf(read, answered)
    }
    if (answers.some(({ answered }) => answered?.ok !== true)) break
  }
  return seen as Record<string, never>
}

const askCreates = ({ guards: { creates } }: CompiledPart, asked: Asked): Closing | undefined => {
  if (creates === undefined) return undefined
  const read = entry(creates)
  const answered = asked.ask(read)
  if (answered === undefined) return undefined
  if (!answered.ok) return { verdict: 'blocked', reason: `creates is ${problemOf(read, answered)}` }
  const { exists } = answered.value as FileAnswer
  return exists ? { verdict: 'skipped', guard: 'creates', reason: `creates: "${creates}" exists` } : undefined
}

const askGuards = (part: CompiledPart, asked: Asked): Closing | undefined => {
  const creates = askCreates(part, asked)
  const { unless, onlyif } = part.guards
  const line = (text: GuardCommand): Read<CommandAnswer> =>
    command({
      command: text,
      ...(part.run.runAs === undefined ? {} : { runAs: part.run.runAs }),
      ...(part.run.env === undefined ? {} : { env: part.run.env }),
    })
  const ask = (field: 'unless' | 'onlyif', text: GuardCommand): { succeeded?: boolean; blocked?: Closing } => {
    const read = line(text)
    const answered = asked.ask(read)
    if (answered === undefined) return {}
    if (answered.ok) return { succeeded: (answered.value as CommandAnswer).exit === 0 }
    // Unknown is not "false": nothing is done on a guess.
    return { blocked: { verdict: 'blocked', reason: `${field} is ${guardProblem(answered)}: ${shown(text)}` } }
  }
  let result = creates
  for (const text of unless) {
    const { succeeded, blocked } = ask('unless', text)
    result ??= blocked
    if (succeeded === true)
      result ??= { verdict: 'skipped', guard: 'unless', reason: `unless: ${shown(text)} succeeded` }
  }
  for (const text of onlyif) {
    const { succeeded, blocked } = ask('onlyif', text)
    result ??= blocked
    if (succeeded === false) result ??= { verdict: 'skipped', guard: 'onlyif', reason: `onlyif: ${shown(text)} failed` }
  }
  return result
}

const guardProblem = ({ problem, detail }: Extract<Answered, { ok: false }>): string =>
  problem === 'unavailable' ? `unknown (${detail})` : `unknown (${problem}: ${detail})`

const shown = (text: GuardCommand): string => {
  const line = typeof text === 'string' ? text : text.join(' ')
  const first = line.split('\n')[0] ?? ''
  return `"${first.length > 60 || first !== line ? `${first.slice(0, 60)}…` : first}"`
}

/** `run_as`, `env` and `timeout` are fields of every part; they mean the commands among its steps, and `timeout` whatever has one. */
const withRunFields = (step: Step, { run }: CompiledPart): Step => {
  if (step.kind !== 'exec') {
    return run.timeout === undefined || !Object.hasOwn(step, 'timeout')
      ? step
      : ({ ...step, timeout: run.timeout } as Step)
  }
  const exec = step as ExecStep
  return {
    ...exec,
    ...(run.runAs === undefined ? {} : { runAs: run.runAs }),
    ...(run.env === undefined ? {} : { env: { ...exec.env, ...run.env } }),
    ...(run.timeout === undefined ? {} : { timeout: run.timeout }),
  }
}

/** Blocks what the session cannot carry out: only root runs commands as someone else, and a program may be missing. */
export const withinMeans = (found: Examined, kindOf: (name: string) => StepKind, facts: Facts): Examined => {
  if (found.verdict !== 'changes') return found
  const { steps, because } = found
  const other = steps.find((step) => runsAsOther(step, facts))
  if (other !== undefined) {
    return { verdict: 'blocked', reason: `run_as needs a session as root, this one is "${facts.user}"`, because }
  }
  const missing = steps.flatMap((step) => kindOf(step.kind).tools ?? []).find((tool) => !facts.tools.includes(tool))
  return missing === undefined ? found : { verdict: 'blocked', reason: `unavailable: ${missing}`, because }
}

const runsAsOther = (step: Step, { uid }: Facts): boolean => {
  const { runAs } = step as Partial<ExecStep>
  return runAs !== undefined && uid !== 0
}
