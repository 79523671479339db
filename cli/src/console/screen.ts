import type { WriteStream } from 'node:tty'

/** The terminal that standard output is. */
export interface Screen {
  readonly columns: number
  readonly rows: number
  /** Whether lines may be drawn again and again: not where something records what is written. */
  readonly isLive: boolean
  /** What turns round, one picture after the other. */
  readonly spinner: readonly string[]
  readonly write: (text: string) => void
  /** Calls when its size changes; returns what ends that. */
  readonly onResize: (listener: () => void) => () => void
}

/** Columns that a line may take. Where there is no terminal it stays whole, for programs that look for words in it. */
export const columnsOf = (screen: Screen | undefined): number => screen?.columns ?? Number.POSITIVE_INFINITY

type Environment = Readonly<Record<string, string | undefined>>

/** Undefined where the stream is no terminal. */
export const screenOf = (stream: WriteStream, env: Environment = process.env): Screen | undefined => {
  if (!stream.isTTY) return undefined
  return {
    get columns() {
      return stream.columns || 80
    },
    get rows() {
      return stream.rows || 24
    },
    isLive: env['TERM'] !== 'dumb' && !isRecorded(env),
    spinner: knowsBraille(env) ? [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'] : [...'|/-\\'],
    write: (text) => void stream.write(text),
    onResize: (listener) => {
      stream.on('resize', listener)
      return () => stream.off('resize', listener)
    },
  }
}

/** Services that build and test say that they are one. */
const isRecorded = ({ CI }: Environment): boolean => CI !== undefined && !['', '0', 'false'].includes(CI)

/** The console of Linux has few letters. */
const knowsBraille = ({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean =>
  TERM !== 'linux' && /utf-?8/i.test([LC_ALL, LC_CTYPE, LANG].find((each) => each !== undefined && each !== '') ?? '')
