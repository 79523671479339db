import type { Read } from '../contracts/read.js'
import { examine, type Lookup } from './examine.js'
import { unwoken } from './invocation.js'
import { confidenceOf, type PlanLine } from './plan-line.js'
import { unproven } from './prove-now.js'
import { provesItself } from './resolve.js'

/**
 * The line of a part, looked at once more in the world that its own steps leave: what is late may be another value then, and
 * such a part never converges. What must be read first is added to `wanted`.
 */
export const provenLine = (line: PlanLine, lookup: (read: Read) => Lookup, wanted: Read[]): PlanLine => {
  const { invocation, outcome, dependsOn } = line
  if (outcome !== 'would-change' || invocation.late === undefined) return line
  const found = examine({ invocation: unwoken(invocation), lookup, guards: 'creates' })
  if (found.verdict === 'wanted') wanted.push(...found.reads)
  if (found.verdict !== 'changes' || !provesItself(invocation.fn, found.part)) return line
  const reason = unproven(found) ?? 'it would still differ'
  return { ...line, outcome: 'failed', ...confidenceOf([...dependsOn, ...found.because]), reason }
}
