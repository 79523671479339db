import { randomInt } from 'node:crypto'
import { didYouMean, ProveError } from '@prove/core'

/** Crockford's: no two of them look alike. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz'

const two = (number: number): string =>
  `${digits[Math.floor(number / digits.length) % digits.length]}${digits[number % digits.length]}`

/**
 * The id of a run, such as `20261124-181502-ab12`: its second (UTC), then two digits for the millisecond, by which ids sort
 * by time, and two by chance, for those that begin in the same one.
 */
export const newRunId = (now: Date): string => {
  const [day, time] = now
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .split('T')
  return `${day}-${time}-${two(now.getUTCMilliseconds())}${two(randomInt(digits.length ** 2))}`
}

export const isRunId = (text: string): boolean => /^\d{8}-\d{6}-[0-9a-z]{4}$/.test(text)

/**
 * The run that was meant: `last`, `last~2` for the second before it, an id, its beginning, or its last four characters.
 * `ids` are the newest first. Throws PRV_RUN_UNKNOWN.
 */
export const findRun = (ids: readonly string[], asked: string): string => {
  if (ids.length === 0) {
    throw new ProveError('PRV_RUN_UNKNOWN', 'no run is kept here', {
      hint: 'run "prove plan" or "prove apply"; none is kept where prove.config has history: { keep: 0 }',
    })
  }
  const back = /^last(?:~(\d+))?$/.exec(asked)
  const found = back === null ? named(ids, asked) : ids.slice(Number(back[1] ?? 0)).slice(0, 1)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (found.length > 1) {
    throw new ProveError('PRV_RUN_UNKNOWN', `"${asked}" begins the ids of ${found.length} runs`, {
      hint: `type more of one: ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}`,
    })
  }
  throw new ProveError('PRV_RUN_UNKNOWN', `no run "${asked}" is kept here`, {
    hint: didYouMean(asked, [...ids, 'last']) ?? 'run "prove runs" to see those that are',
  })
}

/** A whole id and the end of one are meant before the beginning of several. */
const named = (ids: readonly string[], asked: string): readonly string[] => {
  const exact = ids.filter((id) => id === asked || id.endsWith(`-${asked}`))
  return exact.length === 1 ? exact : ids.filter((id) => asked !== '' && id.startsWith(asked))
}
