import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  isAlive,
  type LocalOptions,
  mapBounded,
  opener,
  optionsOf,
  rawSession,
  testShells,
} from '../../../test-fixtures/shells.js'
import type { Answer } from './channel.js'
import { outputLimit } from './loop.js'
import { openShell, type Shell } from './open-shell.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-loop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const freshPath = (): string => join(folder, `m${files++}`)

/** Opens a shell, and holds every session to it: nothing stays behind. */
const withShell = async (options: LocalOptions, body: (shell: Shell) => Promise<void>): Promise<void> => {
  const shell = await openShell(opener(options))
  try {
    await body(shell)
  } finally {
    shell.channel.end()
    await shell.closed
  }
  expect(existsSync(shell.scratch)).toBe(false)
  expect(isAlive(shell.pid)).toBe(false)
}

const expectPlain = (answer: Answer): void => {
  const { exit, cut } = answer
  expect({ exit, cut, out: String(answer.stdout), err: String(answer.stderr) }).toEqual({
    exit: 3,
    cut: false,
    out: 'plain\n',
    err: 'aside\n',
  })
}

const plain = 'echo plain; echo aside >&2; exit 3'

const frame = (kind: 'w' | 'x', name: string, payload: string): Buffer =>
  Buffer.from(`${kind} ${Buffer.byteLength(payload)} ${name}\n${payload}`)

/** Ten frames by turns. Each prefix of a script would leave a mark of its own; an upload looks like frames. */
const tenFrames = (): readonly { readonly bytes: Buffer; readonly mark: string }[] =>
  Array.from({ length: 10 }, (_, i) => {
    if (i % 2 === 0) return { bytes: frame('w', `u${i}`, 'é\0\nx 16 t1\nprintf BAD >>"$M"\n'), mark: '' }
    return { bytes: frame('x', `t${i}`, `printf ${i}a>>"$M";printf ${i}b>>"$M"\n`), mark: `${i}a${i}b` }
  })

/** Every place to cut at; in the middle of payloads every few bytes only, when `stride` says so. */
const cuts = (stride: number): readonly number[] => {
  const places: number[] = []
  let at = 0
  for (const { bytes } of tenFrames()) {
    const payload = bytes.indexOf(10) + 1
    for (let i = 0; i < bytes.length; i++) {
      const inMiddle = i > payload + 1 && i < bytes.length - 2
      if (!inMiddle || i % stride === 0) places.push(at + i)
    }
    at += bytes.length
  }
  return [...places, at]
}

/** The marks of the scripts that lie wholly before the cut. */
const marksBefore = (cut: number): string => {
  let at = 0
  let marks = ''
  for (const { bytes, mark } of tenFrames()) {
    at += bytes.length
    if (at <= cut) marks += mark
  }
  return marks
}

const hostile: readonly (readonly [name: string, script: string])[] = [
  ['exit', 'exit 7'],
  ['exec true', 'exec true'],
  ['exec closes its outputs', 'exec >&- 2>&-; echo lost'],
  ['exec into a missing program', 'exec /nonexistent/program'],
  ['traps', "trap 'echo trapped; exit 5' EXIT HUP INT TERM PIPE; trap '' CHLD; false"],
  ['set -e', 'set -e; false; echo never'],
  ['set -u', 'set -u; echo "$never_set"'],
  ['set -fnvx', 'set -f -v -x -n; echo never'],
  ['read-only variables of the loop', 'readonly s=1 t=2 n=3 k=4 r=5 D l o d i q'],
  ['variables of the loop', 'D=/nonexistent k=w n=9 t=zz r=8 IFS=x PATH=; unset D s; set -- 1 2 3 4'],
  ['functions of the loop', 'take() { :; }; p() { :; }; b() { :; }; z() { :; }; trap - EXIT'],
  ['functions in place of commands', 'read() { :; }; echo() { :; }; head() { :; }; wc() { :; }; eval() { :; }'],
  ['an alias', "alias read=false echo=false rm=false 2>/dev/null; eval 'echo x'"],
  ['a syntax error', 'if; then ) fi'],
  ['an unclosed quote', "echo 'never closed"],
  ['an unclosed substitution', 'echo "$(echo `'],
  ['an unclosed here-document', 'cat <<END\nnever closed'],
  ['unbalanced ends of blocks', 'esac; done; } ; )'],
  ['break and continue', 'break 9; continue 9; return 4'],
  ['output that looks like an answer', 'printf "t0 0 0 0\\nt1 0 3 0\\nabc"; printf "t1 0 0 0\\n" >&2'],
  ['output without a line end', 'printf abc; printf def >&2'],
  ['writing to the stream', 'echo junk >&3; echo junk >&4; cat <&3; cat <&4'],
  ['closing the stream', 'exec 3<&- 4>&-; exec 3</dev/null 4>/dev/null'],
  ['reading its input', 'cat; read -r line; head -c 5'],
  ['cd and umask', 'cd /nonexistent; cd /; umask 777'],
  ['limits', 'ulimit -n 5; ulimit -f 0; echo a; echo b >"$D/big"'],
  ['ending with a backslash', 'echo a \\'],
  ['a comment at its end', 'echo a # b'],
  ['nothing', ''],
  ['line ends alone', '\n\n\n'],
  ['killing itself', 'sh -c \'kill -9 "$PPID"\''],
]

/** Words with which a random script may do no harm: none names a file or a function. */
const words = [
  ...['echo a', 'true b', 'exit 3', 'break 2', 'return 1', 'set -e', 'set -u', 'exec true', 'cat -', 'read -r s'],
  ...['if', 'then', 'else', 'fi', 'case a in', 'a)', 'esac', 'for k in 1 2', 'do', 'done', 'readonly D', 'unset D'],
  ...["'", '"', '`', '$(', ')', '(', '{', '}', '\\', '\n', ';', ';;', '&', '&&', '||', '|', '!', '#', '<<E', '\nE\n'],
  ...['$D', '$s', '"$@"', '${', '$((', '))', '${n%', 'é', '\u{1F600}', '\t', '2>&1', '>&2', '<&3', '>&4', 'x 5 t1\n'],
]

describe.each(testShells())('the loop in $name', (shell) => {
  it('runs no part of a script, and leaves nothing, wherever the stream is cut', async (ctx) => {
    const options = optionsOf(ctx, shell)
    const all = Buffer.concat(tenFrames().map(({ bytes }) => bytes))
    await mapBounded(cuts(shell.name === 'dash' ? 1 : 4), 16, async (cut) => {
      const marks = freshPath()
      const { env } = options
      const end = await rawSession({ ...options, env: { ...env, M: marks } }, all.subarray(0, cut))
      const found = existsSync(marks) ? readFileSync(marks, 'utf8') : ''
      expect({ cut, found }).toEqual({ cut, found: marksBefore(cut) })
      expect({ cut, scratch: existsSync(end.scratch), alive: isAlive(end.pid) }).toEqual({
        cut,
        scratch: false,
        alive: false,
      })
    })
  })

  it.each(hostile)('answers normally after %s', async (_, script) => {
    await withShell(await present(shell), async ({ channel }) => {
      const answers = [channel.run(script), channel.run(plain)]
      const [, after] = await Promise.all(answers)
      if (after !== undefined) expectPlain(after)
    })
  })
})
