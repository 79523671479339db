import type { LateRead } from '../contracts/late.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { canonicalJson } from '../json.js'
import { type CommandLine, runWords } from '../steps/command-line.js'
import { watchLibrary } from '../wire/step-library.js'
import { onlyOne } from './late-arguments.js'

/** Seconds that a command which only looks may take. */
const lookSeconds = 10

/** How a command that only looks ended; streams are cut at 64 KiB. */
export interface CommandAnswer {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command that only looks. A timeout or a missing program is a problem, never an answer. */
export const command = (line: CommandLine): Read<CommandAnswer> => ({
  kind: 'command',
  key: `command:${canonicalJson(line)}`,
  query: line,
})

const script = (queries: readonly CommandLine[]): string => `
${watchLibrary}
c() { n=$1; shift; rm -f "$D/late"
( "$@" ) >"$D/co" 2>"$D/ce" </dev/null; r=$?
[ $r = 124 ] && [ -e "$D/late" ] && r=timeout
set -- $(wc -c <"$D/co") $(wc -c <"$D/ce")
[ $1 -le 65536 ] || set -- 65536 $2
[ $2 -le 65536 ] || set -- $1 65536
echo "$r $1 $2"; head -c $1 "$D/co"; head -c $2 "$D/ce"; }
${queries.map((line, i) => `c ${i} ${runWords(line, lookSeconds)}`).join('\n')}`

const parse = (output: Buffer, queries: readonly CommandLine[]): readonly Answered<CommandAnswer>[] => {
  let at = 0
  return queries.map(() => {
    const end = output.indexOf(10, at)
    const found = /^(\d+|timeout) (\d+) (\d+)$/.exec(output.subarray(at, Math.max(at, end)).toString('latin1'))
    if (found === null) return { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
    const [out, err] = [Number(found[2]), Number(found[3])]
    const from = end + 1
    at = from + out + err
    const stdout = output.subarray(from, from + out).toString('utf8')
    const stderr = output.subarray(from + out, at).toString('utf8')
    if (found[1] === 'timeout') return { ok: false, problem: 'timeout', detail: `no answer within ${lookSeconds} s` }
    const exit = Number(found[1])
    // A shell's words for a program that is not there, or is not one.
    if (exit === 126 || exit === 127) {
      return { ok: false, problem: 'unavailable', detail: stderr.trim().split('\n').at(-1) ?? 'command not found' }
    }
    return { ok: true, value: { exit, stdout, stderr } }
  })
}

const lineOf = (args: readonly unknown[]): CommandLine['command'] => {
  const line = onlyOne(args, 'command')
  if (typeof line === 'string' && line !== '') return line
  if (Array.isArray(line) && line.length > 0 && line.every((word) => typeof word === 'string')) return line
  throw new Error('expected a text for a shell, or a list of words')
}

// As a shell does where the output of a command becomes a value.
const withoutLastBreaks = (text: string): string => text.replace(/\n+$/, '')

const late: LateRead<CommandAnswer> = {
  about: 'How a command that only looks ended; `stdout` and `stderr` come without line breaks at their end.',
  usage: 'command(line)',
  read: (...args) => command({ command: lineOf(args) }),
  value: ({ exit, stdout, stderr }) => ({
    exit,
    stdout: withoutLastBreaks(stdout),
    stderr: withoutLastBreaks(stderr),
    succeeded: exit === 0,
  }),
  members: ['exit', 'stdout', 'stderr', 'succeeded'],
}

export const commandKind: ReadKind<CommandLine, CommandAnswer> = {
  name: 'command',
  tools: ['setsid', 'wc', 'head'],
  script,
  parse,
  seconds: () => lookSeconds + 6,
  late,
}
