import { compareNumbers } from './dpkg.js'

/** `epoch:version-release`, of which the first and the last may be missing. */
const partsOf = (text: string): { epoch: string; version: string; release: string | undefined } => {
  const colon = text.indexOf(':')
  const rest = text.slice(colon + 1)
  const dash = rest.lastIndexOf('-')
  return {
    epoch: colon < 0 ? '0' : text.slice(0, colon),
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? undefined : rest.slice(dash + 1),
  }
}

/** The next run of digits or of letters, a tilde or a caret; separators are passed over. */
const runsOf = (text: string): readonly string[] => text.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? []

const isNumber = (run: string): boolean => /^\d/.test(run)

const comparePart = (a: string, b: string): number => {
  const [left, right] = [runsOf(a), runsOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = compareRuns(left[i], right[i])
    if (difference !== 0) return difference
  }
  return 0
}

const compareRuns = (a: string | undefined, b: string | undefined): number => {
  if (a === b) return 0
  // A tilde is older than the end, and a caret newer; anything else that goes on is newer than both.
  if (a === '~' || b === '~') return a === '~' ? -1 : 1
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1
  if (a === '^' || b === '^') return a === '^' ? -1 : 1
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? 1 : -1
  if (isNumber(a)) return compareNumbers(a, b)
  return a < b ? -1 : 1
}

/** Compares as rpm does, and pacman: a release that one of them does not name is not compared. */
export const compareRpm = (a: string, b: string): number => {
  const [left, right] = [partsOf(a), partsOf(b)]
  const difference = compareNumbers(left.epoch, right.epoch) || comparePart(left.version, right.version)
  if (difference !== 0 || left.release === undefined || right.release === undefined) return difference
  return comparePart(left.release, right.release)
}
