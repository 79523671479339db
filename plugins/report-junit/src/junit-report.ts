import type { CatalogErrorEvent, ErrorEvent, InvocationEvent, ProveEvent, Report, ReportFormat } from '@prove/core'
import { testCase } from './test-case.js'
import { type TestCase, type Suite, suitesText } from './suites.js'

/** What was told of one target. */
interface Told {
  /** The last word on each part, by its number. */
  readonly invocations: Map<number, InvocationEvent>
  readonly errors: ErrorEvent[]
  /** Places of states, by their ids. */
  readonly files: Map<string, { readonly file: string; readonly line: number }>
}

/** A JUnit document: a suite for each target, a case for each part; written when the run is over. */
export const junitReport: ReportFormat = {
  name: 'junit',
  about: 'a JUnit document: a suite for each target, a case for each part',
  begin: ({ print }): Report => {
    const run = new Run()
    return { event: (event) => run.take(event), end: () => print(suitesText(run.operation, run.suites())) }
  },
}

class Run {
  operation = 'prove'
  #started: string | undefined
  readonly #targets = new Map<string, Told>()
  readonly #elapsed = new Map<string, number>()
  readonly #catalogErrors: CatalogErrorEvent[] = []

  take(event: ProveEvent): void {
    switch (event.type) {
      case 'run':
        this.operation = `prove ${event.operation}`
        this.#started = event.started
        for (const name of event.targets) this.#of(name)
        break
      case 'compiled':
        for (const { id, place } of event.states) this.#of(event.target).files.set(id, place)
        break
      case 'invocation':
        this.#of(event.target).invocations.set(event.sequence, event)
        break
      case 'target':
        if (event.error !== undefined) this.#of(event.target).errors.push(event.error)
        break
      case 'summary':
        for (const [name, { elapsedMs }] of Object.entries(event.targets)) this.#elapsed.set(name, elapsedMs)
        break
      case 'error':
        this.#catalogErrors.push(event)
        break
      default:
        break
    }
  }

  suites(): readonly Suite[] {
    const before = this.#catalogErrors.map((error) => errorCase('prove', error))
    const targets = [...this.#targets].map(([name, told]) => ({
      name,
      timestamp: this.#started,
      elapsedMs: this.#elapsed.get(name),
      cases: casesOf(name, told),
    }))
    const catalog = { name: 'catalog', timestamp: this.#started, elapsedMs: undefined, cases: before }
    return before.length === 0 ? targets : [catalog, ...targets]
  }

  #of(name: string): Told {
    const known = this.#targets.get(name) ?? { invocations: new Map(), errors: [], files: new Map() }
    this.#targets.set(name, known)
    return known
  }
}

/** A target that has no part, as of a ping, has one case for itself: a suite of nothing says nothing. */
const casesOf = (name: string, { invocations, errors, files }: Told): readonly TestCase[] => {
  const parts = [...invocations.values()]
    .toSorted((a, b) => a.sequence - b.sequence)
    .map((event) => testCase(event, files.get(event.state)))
  const failures = errors.map((error) => errorCase(name, error))
  return parts.length + failures.length === 0
    ? [{ name, className: name, elapsedMs: undefined }]
    : [...parts, ...failures]
}

const errorCase = (className: string, { code, message, hint, place }: ErrorEvent): TestCase => ({
  name: code,
  className,
  elapsedMs: undefined,
  file: place?.file,
  line: place?.line,
  verdict: {
    kind: 'error',
    message: message.split('\n')[0] ?? '',
    type: code,
    text: [message, ...(hint === undefined ? [] : [`hint: ${hint}`])].join('\n'),
  },
})
