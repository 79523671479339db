import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ByteStream, Executor } from '../contracts/executor.js'
import { openShell } from '../wire/open-shell.js'
import { type Ended, Conversation } from './conversation.js'
import { firstSession } from './first-session.js'
import { pattern, rejection } from './streams.js'

/** What an executor brings to {@link executorSuite}. */
export interface ExecutorCases {
  /** Options that lead to a target, as a configuration writes them. The suite writes one file into /tmp there, and removes it. */
  readonly options: Readonly<Record<string, unknown>>
  /** Where the target is, for an executor that asks; "localhost" unless given. */
  readonly host?: string
  /** Options that lead nowhere, by what is wrong with them. */
  readonly unreachable: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Open = (command: string) => Promise<ByteStream>

const mebibyte = 1024 * 1024

/**
 * What every executor must do, however it reaches a target: an executor is done when it passes. Bytes pass unharmed both ways,
 * at the same time and without a deadlock, the end of the shell is told once, streams do not wait for each other, what is torn down
 * leaves no process, a target that cannot be reached is told with a hint, and Prove plans and applies over it.
 */
export const executorSuite = (executor: Executor, cases: ExecutorCases): void => {
  const to = { target: 'suite', host: cases.host ?? 'localhost' }
  const opener = (options: Readonly<Record<string, unknown>>): Open => {
    const parsed = z.strictObject(executor.options).parse(options)
    return (command) => executor.open(parsed, command, to)
  }
  const open = opener(cases.options)
  describe(`the executor ${executor.name}`, { timeout: 60_000 }, () => {
    it('has a name and a sentence about it', () => {
      expect(executor.name).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(executor.about).not.toBe('')
    })
    describeBytes(open)
    describeEnds(open)
    describeTearingDown(open)
    describeUnreachable(cases, opener)
    it('carries a first run of Prove, and a second that has nothing to do', async () => {
      const told = await firstSession(open)
      expect(told.facts.kernel).not.toBe('')
      expect(told.facts.uid).toBeTypeOf('number')
      expect(told.planned).toEqual(['would-change words'])
      expect(told.applied).toEqual(['changed words'])
      expect(told.again).toEqual(['ok'])
    })
  })
}

const talk = async (open: Open, command: string): Promise<Conversation> => new Conversation(await open(command))

const cleanly = (status: Ended['status']): void => expect([0, undefined]).toContain(status)

const describeBytes = (open: Open): void => {
  it('runs the command line as it is written', async () => {
    const shell = await talk(open, `printf '%s|' 'a  b' "c'd" '$e' '*' '\\n' "f"; echo`)
    shell.stream.end()
    const { reason, status } = await shell.ended
    expect(shell.said.toString()).toBe(`a  b|c'd|$e|*|\\n|f|\n`)
    expect(reason).toBeUndefined()
    cleanly(status)
  })

  it('moves all 256 values of a byte, both ways', async () => {
    const shell = await talk(open, 'cat')
    const sent = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
    await shell.stream.write(sent)
    expect(await shell.take(sent.length)).toEqual(sent)
    shell.stream.end()
    await shell.ended
    expect(shell.said).toEqual(sent)
  })

  it('moves 1 MiB both ways', async () => {
    const shell = await talk(open, 'cat')
    const sent = pattern(mebibyte, 1)
    await shell.stream.write(sent)
    shell.stream.end()
    await shell.ended
    expect(shell.said.equals(sent)).toBe(true)
  })

  it('takes output while input is being written', async () => {
    // Nothing is read there before 4 MiB were said, and these fit no pipe.
    const shell = await talk(open, `sh -c 'dd if=/dev/zero bs=65536 count=64 2>/dev/null; wc -c'`)
    await shell.stream.write(pattern(4 * mebibyte, 2))
    shell.stream.end()
    await shell.ended
    expect(shell.said.subarray(0, 4 * mebibyte).equals(Buffer.alloc(4 * mebibyte))).toBe(true)
    expect(
      shell.said
        .subarray(4 * mebibyte)
        .toString()
        .trim(),
    ).toBe(String(4 * mebibyte))
  })

  it('tells standard error apart, as notices', async () => {
    const shell = await talk(open, `sh -c 'echo said; echo noted >&2'`)
    shell.stream.end()
    await shell.ended
    expect(shell.said.toString()).toBe('said\n')
    expect(shell.noted).toContain('noted')
  })

  it('keeps several streams apart', async () => {
    const shells = await Promise.all(Array.from({ length: 6 }, () => talk(open, 'cat')))
    const [broken, ...rest] = shells
    broken?.stream.destroy()
    const sent = rest.map((_, i) => pattern(100_000, i))
    await Promise.all(rest.map((shell, i) => shell.stream.write(sent[i] ?? Buffer.alloc(0))))
    for (const shell of rest) shell.stream.end()
    await Promise.all(shells.map(({ ended }) => ended))
    expect(rest.map(({ said }, i) => said.equals(sent[i] ?? Buffer.alloc(0)))).toEqual(rest.map(() => true))
  })
}

const describeEnds = (open: Open): void => {
  it('lets the shell end by itself after what it has read', async () => {
    const shell = await talk(open, 'sh')
    const lines = Array.from({ length: 2_000 }, (_, i) => `echo ${i}\n`)
    await shell.stream.write(Buffer.from(lines.join('')))
    shell.stream.end()
    const { reason, status } = await shell.ended
    expect(shell.said.toString()).toBe(lines.map((line) => line.slice('echo '.length)).join(''))
    expect(reason).toBeUndefined()
    cleanly(status)
  })

  it('tells how the shell ended, where that is known', async () => {
    const shell = await talk(open, `sh -c 'exit 7'`)
    expect([7, undefined]).toContain((await shell.ended).status)
  })

  it('takes no more bytes when the shell has ended', async () => {
    const shell = await talk(open, 'true')
    await shell.ended
    expect(await rejection(shell.stream.write(Buffer.from('late\n')))).toBeInstanceOf(Error)
  })

  it('tells the end once', async () => {
    const shell = await talk(open, 'cat')
    shell.stream.end()
    await shell.ended
    shell.stream.destroy()
    const other = await talk(open, 'true')
    await other.ended
    expect([shell.closes, other.closes]).toEqual([1, 1])
  })
}

const describeTearingDown = (open: Open): void => {
  it.each([
    ['waits for input', 'cat'],
    ['prints without end', 'yes'],
  ])('leaves no process of a shell that %s', async (_what, command) => {
    const shell = await talk(open, `sh -c 'echo $$; exec ${command}'`)
    const pid = await shell.line()
    shell.stream.destroy()
    await shell.ended
    expect(shell.closes).toBe(1)
    const watch = await talk(open, `sh -c 'while kill -0 ${pid} 2>/dev/null; do sleep 1; done; echo gone'`)
    watch.stream.end()
    await watch.ended
    expect(watch.said.toString()).toBe('gone\n')
  })
}

const describeUnreachable = (
  { unreachable }: ExecutorCases,
  opener: (options: Readonly<Record<string, unknown>>) => Open,
): void => {
  it('is given options that lead nowhere', () => {
    expect(Object.keys(unreachable).length).toBeGreaterThan(0)
  })

  it.each(Object.keys(unreachable))('says of %s that no shell is reached, with a hint', async (title) => {
    // A program on the way, such as docker, may start well and then say that there is nothing behind it.
    const error = await rejection(openShell(opener(unreachable[title] ?? {})))
    expect(error).toMatchObject({ code: 'PRV_TARGET_UNREACHABLE', hint: expect.any(String) as unknown })
    expect((error as Error).message).not.toMatch(/\n|\.$/)
  })
}
