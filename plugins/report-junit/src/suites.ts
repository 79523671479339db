import { type Element, xmlText } from './xml.js'

export interface TestCase {
  readonly name: string
  readonly className: string
  /** Undefined where that is not known: told as no time at all, since the document must have one. */
  readonly elapsedMs: number | undefined
  readonly file?: string | undefined
  readonly line?: number | undefined
  /** Absent where all is well. */
  readonly verdict?: Verdict | undefined
  /** What is told beside the verdict. */
  readonly said?: string | undefined
}

export interface Verdict {
  readonly kind: 'failure' | 'error' | 'skipped'
  readonly message: string
  readonly type?: string
  readonly text?: string
}

export interface Suite {
  readonly name: string
  /** ISO 8601 */
  readonly timestamp: string | undefined
  readonly elapsedMs: number | undefined
  readonly cases: readonly TestCase[]
}

/** The document of some suites. */
export const suitesText = (name: string, suites: readonly Suite[]): string => {
  const all = suites.flatMap(({ cases }) => cases)
  const time = Math.max(0, ...suites.map(({ elapsedMs = 0 }) => elapsedMs))
  const { skipped: _skipped, ...counts } = countsOf(all)
  return xmlText({ name: 'testsuites', attributes: { name, ...counts, time: seconds(time) }, holds: suites.map(suite) })
}

const suite = ({ name, timestamp, elapsedMs, cases }: Suite): Element => ({
  name: 'testsuite',
  attributes: { name, ...countsOf(cases), time: seconds(elapsedMs), timestamp: timestamp?.replace(/\.\d+Z$/, '') },
  holds: cases.map(caseElement),
})

const countsOf = (cases: readonly TestCase[]) => {
  const count = (kind: Verdict['kind']): number => cases.filter(({ verdict }) => verdict?.kind === kind).length
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

const seconds = (ms = 0): string => (ms / 1000).toFixed(3)

const caseElement = ({ name, className, elapsedMs, file, line, verdict, said }: TestCase): Element => ({
  name: 'testcase',
  attributes: { name, classname: className, time: seconds(elapsedMs), file, line },
  holds: [
    ...(verdict === undefined ? [] : [verdictElement(verdict)]),
    ...(said === undefined ? [] : [{ name: 'system-out', holds: said }]),
  ],
})

const verdictElement = ({ kind, message, type, text = '' }: Verdict): Element => ({
  name: kind,
  attributes: { message, type },
  holds: text,
})
