import type { FactSource } from '../contracts/facts.js'
import { isMap } from '../json.js'
import { newMark } from './marked-parts.js'
import { quoteAll } from './quote.js'
import { watchLibrary } from './step-library.js'

/** Facts of one source, under all of its names. */
export type SourceFacts = Readonly<Record<string, unknown>>

/** One script that asks several sources, and how to read its answer. */
export interface FactFrame {
  readonly script: string
  /** Seconds that it may take on the target. */
  readonly seconds: number
  /** What the script beside them printed, and the facts of each source in order. */
  parse(stdout: string): { readonly beside: string; readonly facts: readonly SourceFacts[] }
}

/**
 * Runs the scripts in `$@`, all at once, each with an output file of its own in the folder `$0`. A mark that nobody can
 * guess stands before and after each output. Without the last one it is not whole: time was up, or the limit of a file's
 * size was met; the signal for that is ignored, since it would leave a dump.
 */
const driver = `${watchLibrary}
m=$1; shift; i=0
for s do
{ trap '' XFSZ; ulimit -S -f 2048; echo "$m$i"; ( D=$0/facts$i.d; set --; eval "$s" ); echo; echo "$m$i."
} >"$0/facts$i" 2>/dev/null </dev/null &
i=$((i+1)); done; wait`

/**
 * Asks all the sources under one watchdog: one each costs the target more than the facts themselves. The script `beside`
 * runs meanwhile, on another processor where there is one.
 */
export const factFrame = (sources: readonly FactSource[], beside = ':'): FactFrame => {
  const mark = newMark()
  const limit = Math.max(...sources.map(({ seconds = 10 }) => Math.ceil(seconds)), 1)
  const outputs = sources.map((_source, i) => `"$D/facts${i}"`).join(' ')
  const scripts = quoteAll(sources.map(({ script }) => script))
  const asked = `${watchLibrary}
{ watch ${limit} sh -c ${quoteAll([driver])} "$D" ${mark} ${scripts}; } >/dev/null &
${beside}
wait; cat ${outputs}`
  return {
    script: sources.length === 0 ? beside : asked,
    seconds: limit + 60,
    parse(stdout) {
      const facts = sources.map((source, i) => {
        const [, rest] = stdout.split(`${mark}${i}\n`)
        const [output, end] = rest?.split(`\n${mark}${i}.\n`) ?? []
        return factsOf(source, end === undefined ? undefined : output)
      })
      return { beside: stdout.split(mark)[0] ?? '', facts }
    },
  }
}

/** Every name of the source, as plain data; what it does not give, or gives in no sound way, is null. */
const factsOf = (source: FactSource, output: string | undefined): SourceFacts => {
  let given: Readonly<Record<string, unknown>> = {}
  try {
    const plain: unknown = output === undefined ? {} : JSON.parse(JSON.stringify(source.parse(output)))
    if (isMap(plain)) given = plain
  } catch {
    // A source that cannot read what a target printed must not fail a run: its facts are not known.
  }
  return Object.fromEntries(Object.keys(source.facts).map((name) => [name, given[name] ?? null]))
}
