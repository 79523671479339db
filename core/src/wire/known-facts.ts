import type { Facts, FactSource } from '../contracts/facts.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import { canonicalJson } from '../json.js'
import { ledgerScript, parseLedger } from '../reads/ledger.js'
import { factsScript, isFacts, parseFacts, placeScript, toolsScript } from '../reads/facts.js'
import type { Answer } from './channel.js'
import { factFrame, type SourceFacts } from './fact-frames.js'
import { assertLocked, type LockOwner, lockScript } from './lock.js'

/** What a target has told about itself, or is believed to. */
export interface KnownFacts {
  readonly basic: Facts
  /** The programs that were looked for, for {@link Facts.tools}. */
  readonly sought: readonly string[]
  /** By the name of the source. */
  readonly gathered: ReadonlyMap<string, SourceFacts>
  /** What no session can remember: others write it. */
  readonly ledger: readonly LedgerEntry[]
}

/** The target is not as it was remembered: what was decided by those facts must be decided again. */
export class FactsChanged extends Error {
  override readonly name = 'FactsChanged'
}

type RunScript = (script: string, seconds: number) => Promise<Answer>

/**
 * Asks the target for its basic facts and those of some sources, and first for its lock where somebody is to hold it, in one frame: what
 * the ledger holds is true only when nobody else is at work. Throws what {@link assertLocked} does.
 */
export const askFacts = async (
  run: RunScript,
  tools: readonly string[],
  sources: readonly FactSource[],
  owner?: LockOwner,
): Promise<KnownFacts> => {
  const frame = factFrame(sources, `${factsScript(tools)}\n${ledgerScript}`)
  const lock = owner === undefined ? '' : lockScript(owner)
  const { stdout } = await run(`${placeScript}\n${lock}\n${frame.script}`, frame.seconds)
  const told = stdout.toString('utf8')
  if (owner !== undefined) assertLocked(told)
  const { beside, facts } = frame.parse(told)
  const gathered = new Map(sources.map(({ name }, i) => [name, facts[i] ?? {}]))
  return { basic: parseFacts(beside), sought: tools, gathered, ledger: parseLedger(beside) }
}

/** Those of these programs that the target has. */
export const askTools = async (run: RunScript, tools: readonly string[]): Promise<readonly string[]> =>
  parseFacts((await run(toolsScript(tools), 0)).stdout.toString('utf8')).tools

/** With the programs that an earlier session found, as far as this one did not look for them. */
export const withToolsOf = (told: KnownFacts, earlier: readonly string[]): KnownFacts => {
  const { tools } = told.basic
  const kept = earlier.filter((tool) => tools.includes(tool) || !told.sought.includes(tool))
  return { ...told, basic: { ...told.basic, tools: [...kept, ...tools.filter((tool) => !kept.includes(tool))] } }
}

/** Facts of an earlier session, where they tell everything that the sources would; undefined otherwise. */
export const rememberedFacts = (
  record: Readonly<Record<string, unknown>> | undefined,
  tools: readonly string[],
  sources: readonly FactSource[],
): KnownFacts | undefined => {
  if (record === undefined || !isFacts(record)) return undefined
  const names = sources.flatMap(({ facts }) => Object.keys(facts))
  if (names.some((name) => !Object.hasOwn(record, name))) return undefined
  const values: Readonly<Record<string, unknown>> = record
  const factsOf = ({ facts }: FactSource): SourceFacts =>
    Object.fromEntries(Object.keys(facts).map((name) => [name, values[name]]))
  const gathered = new Map(sources.map((source) => [source.name, factsOf(source)]))
  return { basic: record, sought: tools, gathered, ledger: [] }
}

/** All facts by their names, as plain data. */
export const allOf = ({ basic, gathered }: KnownFacts): Readonly<Record<string, unknown>> =>
  // What the session itself rests on is never a plugin's to say; among plugins, the first one's word counts.
  Object.assign({}, ...[...gathered.values()].toReversed(), basic) as Record<string, unknown>

/** Whether what was believed is what the target told. */
export const stillHold = (believed: KnownFacts, told: KnownFacts): boolean => {
  const before = allOf(believed)
  return Object.entries(allOf(told)).every(([name, value]) => canonicalJson(before[name]) === canonicalJson(value))
}
