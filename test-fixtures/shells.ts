import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, type TestContext } from 'vitest'
import type { ByteStream } from '../core/src/contracts/executor.js'
import { loop } from '../core/src/wire/loop.js'
import { bootstrap, type OpenStream } from '../core/src/wire/open-shell.js'
import { localExecutor } from '../plugins/executor-local/src/local-executor.js'
import { findProgram, systemPath } from './find-program.js'

/** A shell to test: a PATH folder whose `sh` is that shell. */
export interface TestShell {
  readonly name: string
  /** The options of the local executor; undefined when the shell is missing. */
  readonly options: LocalOptions | undefined
}

export interface LocalOptions {
  readonly shell: string
  readonly env: Record<string, string>
}

/** The three shells, each in a folder of its own that is gone when the test file ends. */
export const testShells = (): readonly TestShell[] => {
  const root = mkdtempSync(join(tmpdir(), 'prove-shells-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  return ['dash', 'bash', 'busybox'].map((name) => ({ name, options: makeShell(join(root, name), name) }))
}

const makeShell = (folder: string, name: string): LocalOptions | undefined => {
  const program = findProgram(name)
  if (program === undefined) return undefined
  mkdirSync(folder)
  const applets =
    name === 'busybox' ? execFileSync(program, ['--list'], { encoding: 'utf8' }).trim().split('\n') : ['sh']
  for (const applet of applets) symlinkSync(program, join(folder, applet))
  // Nothing but its own applets for busybox: with the tools of the system behind it, it would prove nothing.
  const rest = name === 'busybox' ? [] : systemPath()
  return { shell: join(folder, 'sh'), env: { PATH: [folder, ...rest].join(':') } }
}

/** Skips in sight, with the reason; in CI, where everything must be there, fails. */
export const skipOrFail = (ctx: TestContext, reason: string): never => {
  if (process.env['CI'] === 'true') throw new Error(`missing in CI: ${reason}`)
  return ctx.skip(reason)
}

/** The options of a shell, with more environment when asked; the test is skipped when the shell is missing. */
export const optionsOf = (ctx: TestContext, shell: TestShell, env: Record<string, string> = {}): LocalOptions => {
  const options = shell.options ?? skipOrFail(ctx, `${shell.name} is not installed`)
  return { shell: options.shell, env: { ...options.env, ...env } }
}

const here = { target: 'local', host: 'localhost' }

export const opener =
  (options: LocalOptions): OpenStream =>
  (command) =>
    localExecutor.open(options, command, here)

export interface RawEnd {
  readonly pid: number
  readonly scratch: string
  /** What came after the line that says it is ready. */
  readonly output: string
}

/** Sends bytes to a fresh loop, closes its input, and waits for its end. */
export const rawSession = async (options: LocalOptions, bytes: Buffer): Promise<RawEnd> => {
  const stream = await localExecutor.open(options, `sh -c '${bootstrap('raw')}'`, here)
  const ended = collect(stream)
  // A loop that refuses a frame ends before it took everything.
  await stream.write(Buffer.concat([Buffer.from(`${loop}\n`), bytes])).catch(() => undefined)
  stream.end()
  const output = await ended
  const found = /^prove-raw\nready (\d+) (\S+)\n/.exec(output)
  if (found === null) throw new Error(`no loop began: ${JSON.stringify(output.slice(0, 200))}`)
  return { pid: Number(found[1]), scratch: found[2] ?? '', output: output.slice(found[0].length) }
}

const collect = (stream: ByteStream): Promise<string> => {
  const chunks: Buffer[] = []
  stream.onData((bytes) => chunks.push(bytes))
  stream.onNotice(() => undefined)
  return new Promise((resolve) => stream.onClose(() => resolve(Buffer.concat(chunks).toString('latin1'))))
}

/** Whether a process is there, be it as a zombie. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Maps with a bound on what runs at the same time. */
export const mapBounded = async <T>(
  items: readonly T[],
  bound: number,
  each: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = [...items]
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await each(item)
  }
  await Promise.all(Array.from({ length: bound }, work))
}

/** Scripts that try to take the loop with them, or to mislead who reads its answers. */
export const hostile: readonly (readonly [name: string, script: string])[] = [
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
export const words = [
  'echo a',
  'true b',
  'exit 3',
  'break 2',
  'return 1',
  'set -e',
  'set -u',
  'exec true',
  'cat -',
  'read -r s',
  'if',
  'then',
  'else',
  'fi',
  'case a in',
  'a)',
  'esac',
  'for k in 1 2',
  'do',
  'done',
  'readonly D',
  'unset D',
  "'",
  '"',
  '`',
  '$(',
  ')',
  '(',
  '{',
  '}',
  '\\',
  '\n',
  ';',
  ';;',
  '&',
  '&&',
  '||',
  '|',
  '!',
  '#',
  '<<E',
  '\nE\n',
  '$D',
  '$s',
  '"$@"',
  '${',
  '$((',
  '))',
  '${n%',
  'é',
  '😀',
  '	',
  '2>&1',
  '>&2',
  '<&3',
  '>&4',
  'x 5 t1\n',
].flat()
