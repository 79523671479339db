import type { HistoryLimits } from '@prove/core'
import type { KeptRun } from './run-file.js'

const dayMs = 24 * 3600 * 1000

/**
 * The ids of runs that go, of those that are kept, the newest first. A run that goes on stays in any case; the last apply
 * of a target, which "prove why" tells of, stays also behind the number of runs to keep.
 */
export const runsToRemove = (
  runs: readonly KeptRun[],
  { keep, days, megabytes }: HistoryLimits,
  now: Date,
): readonly string[] => {
  const bestBefore = days === undefined ? -Infinity : now.getTime() - days * dayMs
  const told = new Set<string>()
  const removed: string[] = []
  let count = 0
  let bytes = 0
  for (const { id, run, summary, isRunning, bytes: size } of runs) {
    const news = run.operation === 'apply' && summary !== undefined ? run.targets.filter((name) => !told.has(name)) : []
    const fits = count < keep || (keep > 0 && news.length > 0)
    const isYoung = Date.parse(run.started) >= bestBefore
    const hasRoom = count === 0 || bytes + size <= megabytes * 1_000_000
    if (isRunning || (fits && isYoung && hasRoom)) {
      count += 1
      bytes += size
      for (const name of news) told.add(name)
    } else removed.push(id)
  }
  return removed
}
