/** `warn`: works, though not as well as it could; `fail`: something that Prove is for does not work. */
export type Level = 'ok' | 'warn' | 'fail'

/** What came of looking at one thing. */
export interface Finding {
  readonly level: Level
  /** What was looked at: `catalog`, `shell of web1`. */
  readonly about: string
  readonly said: string
  /** What to type, or to do. */
  readonly next?: string | undefined
}

export const ok = (about: string, said: string): Finding => ({ level: 'ok', about, said })
export const warn = (about: string, said: string, next?: string): Finding => ({ level: 'warn', about, said, next })
export const fail = (about: string, said: string, next?: string): Finding => ({ level: 'fail', about, said, next })

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
