import type { Blob } from '../contracts/blob.js'
import type { Facts } from '../contracts/facts.js'
import type { NumberedStep, StepBatch, StepKind, StepResult } from '../contracts/step.js'
import type { Answer } from './channel.js'
import { quote } from './quote.js'
import { libraryName } from './step-library.js'

type KindOf = (name: string) => StepKind

/** What a script needs to know of the session it runs in. */
export interface ScriptContext {
  /** The scratch name of an uploaded blob. */
  readonly pathOf: (blob: Blob) => string
  /** The scratch name of a batch's archive; undefined when it was not sent. */
  readonly archiveOf: (batch: StepBatch) => string | undefined
  readonly facts: Facts
  /** Steps that others name: only their success is noted on the target. */
  readonly needed: ReadonlySet<number>
}

/** The batches among neighbouring steps of one kind. */
export const batchesOf = (steps: readonly NumberedStep[], kindOf: KindOf): readonly StepBatch[] => {
  const runs: NumberedStep[][] = []
  for (const step of steps) {
    const run = runs.at(-1)
    if (run !== undefined && run[0]?.step.kind === step.step.kind) run.push(step)
    else runs.push([step])
  }
  return runs.flatMap((run) => kindOf(run[0]?.step.kind ?? '').batches?.(run) ?? [])
}

/** True on the target when everything has succeeded that the batch needs of steps outside it. */
const condition = ({ steps }: StepBatch): string => {
  const own = new Set(steps.map(({ number }) => number))
  const outside = new Set(steps.flatMap(({ needs }) => needs).filter((number) => !own.has(number)))
  return ['going', ...[...outside].map((number) => `[ -e "$D/k${number}" ]`)].join(' && ')
}

/** The script of a frame of steps: each runs on its own and reports its own status. */
export const stepScript = (
  steps: readonly NumberedStep[],
  kindOf: KindOf,
  { pathOf, archiveOf, facts, needed }: ScriptContext,
): string => {
  const kinds = new Set(steps.map(({ step }) => step.kind))
  const libraries = ['lib', ...[...kinds].filter((name) => kindOf(name).library !== undefined).map(libraryName)]
  const leftovers = steps.flatMap(({ step }) => kindOf(step.kind).leftovers?.(step) ?? [])
  const remembered = [...new Set(leftovers)].filter((path) => !path.includes('\n'))
  const lines = libraries.map((name) => `. "$D/${name}"`)
  // What a killed run leaves half done is named before it begins, so that the next run can remove it. Without the lock somebody
  // else may be at work, who would remove it at once.
  if (remembered.length > 0) {
    lines.push(`[ ! -f "$D/lock" ] || printf '%s\\n' ${remembered.map(quote).join(' ')} >"$S/unfinished"`)
  }
  const single = ({ number, needs, step }: NumberedStep): string =>
    `note=${needed.has(number) ? 'y' : ''}; step ${number} '${needs.join(' ')}' ${kindOf(step.kind).command(step, pathOf, facts)}`
  const starts = new Map(batchesOf(steps, kindOf).map((batch) => [batch.steps[0]?.number, batch]))
  for (let i = 0; i < steps.length;) {
    const step = steps[i]
    if (step === undefined) break
    const batch = starts.get(step.number)
    const archive = batch === undefined ? undefined : archiveOf(batch)
    if (batch === undefined || archive === undefined) {
      lines.push(single(step))
      i += 1
    } else {
      // Where the short way fails for any of them, each is done alone and reports its own error.
      const numbers = batch.steps.map(({ number }) => number)
      const noted = numbers.filter((number) => needed.has(number))
      lines.push(`if ${condition(batch)} && ( ${batch.command(archive)} ) >/dev/null 2>&1 </dev/null; then`)
      lines.push(`for n in ${numbers.join(' ')}; do echo "$n 0 0 0"; done`)
      lines.push(...noted.map((number) => `: >"$D/k${number}"`), 'else')
      lines.push(...batch.steps.map(single), 'fi')
      i += batch.steps.length
    }
  }
  if (remembered.length > 0) lines.push('[ ! -f "$D/lock" ] || ! kill -0 $$ 2>/dev/null || rm -f "$S/unfinished"')
  return lines.join('\n')
}

/** Reads the reports of a frame. A step without one was never begun, or the frame broke inside it. */
export const parseReports = (
  { stdout, stderr, exit }: Answer,
  steps: readonly NumberedStep[],
): ReadonlyMap<number, StepResult> => {
  const results = new Map<number, StepResult>()
  let at = 0
  for (;;) {
    const end = stdout.indexOf(10, at)
    if (end < 0) break
    const found = /^(\d+) (\w+) (\d+) (\d+)(?: (\d+))?$/.exec(stdout.subarray(at, end).toString('latin1'))
    if (found === null) break
    const [out, err] = [Number(found[3]), Number(found[4])]
    const from = end + 1
    results.set(Number(found[1]), {
      ...statusOf(found[2] ?? ''),
      ...(found[5] === undefined ? {} : { elapsedMs: Number(found[5]) * 10 }),
      stdout: stdout.subarray(from, from + out).toString('utf8'),
      stderr: stdout.subarray(from + out, from + out + err).toString('utf8'),
    })
    at = from + out + err
  }
  const said = stderr.toString('utf8').trim()
  const missing: StepResult = {
    status: 'failed',
    exit,
    stdout: '',
    stderr: said === '' ? `the step did not report (the frame ended with ${exit})` : said,
  }
  for (const { number } of steps) if (!results.has(number)) results.set(number, missing)
  return results
}

const statusOf = (word: string): Pick<StepResult, 'status' | 'exit'> => {
  if (word === 'skipped' || word === 'stopped') return { status: word, exit: 0 }
  if (word === 'timeout') return { status: 'timeout', exit: 124 }
  const exit = Number(word)
  return { status: exit === 0 ? 'done' : 'failed', exit }
}
