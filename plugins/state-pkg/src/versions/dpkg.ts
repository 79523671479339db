/** A version of Debian in its three parts. */
const partsOf = (version: string): { epoch: number; upstream: string; revision: string } => {
  const colon = version.indexOf(':')
  const rest = version.slice(colon + 1)
  const dash = rest.lastIndexOf('-')
  return {
    epoch: colon < 0 ? 0 : Number(version.slice(0, colon)),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  }
}

/** Where a character stands that is no digit: a tilde before the end of the text, letters before all else. */
const rankOf = (character: string | undefined): number => {
  if (character === undefined || isDigit(character)) return 0
  if (character === '~') return -1
  const code = character.codePointAt(0) ?? 0
  return /[A-Za-z]/.test(character) ? code : code + 256
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9'

/** Runs of other characters and of digits are compared in turns, the latter as numbers. */
const comparePart = (a: string, b: string): number => {
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a.charAt(i))) || (j < b.length && !isDigit(b.charAt(j)))) {
      const difference = rankOf(a[i]) - rankOf(b[j])
      if (difference !== 0) return difference
      i += 1
      j += 1
    }
    const [left, right] = [/^\d*/.exec(a.slice(i))?.[0] ?? '', /^\d*/.exec(b.slice(j))?.[0] ?? '']
    const difference = compareNumbers(left, right)
    if (difference !== 0) return difference
    i += left.length
    j += right.length
  }
  return 0
}

/** As numbers of any length. */
export const compareNumbers = (a: string, b: string): number => {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (left.length !== right.length) return left.length - right.length
  return left === right ? 0 : left < right ? -1 : 1
}

/** Compares as `dpkg --compare-versions` does: negative where the first is older, 0 where they are equal. */
export const compareDpkg = (a: string, b: string): number => {
  const [left, right] = [partsOf(a), partsOf(b)]
  return (
    left.epoch - right.epoch || comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision)
  )
}
