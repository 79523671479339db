import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  hostile,
  isAlive,
  type LocalOptions,
  mapBounded,
  opener,
  optionsOf,
  rawSession,
  testShells,
  words,
} from '../../../test-fixtures/shells.js'
import type { Answer, Channel } from './channel.js'
import { outputLimit } from './loop.js'
import { openShell, type Shell } from './open-shell.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-loop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const freshPath = (): string => join(folder, `m${files++}`)

/** Opens a shell, and holds every session to it: nothing stays behind. */
const withShell = async (options: LocalOptions, body: (shell: Shell) => Promise<void>): Promise<void> => {
  const shell = await openShell(opener(options))
  const { pid, scratch } = await shell.ready
  try {
    await body(shell)
  } finally {
    shell.channel.end()
    await shell.closed
  }
  expect(existsSync(scratch)).toBe(false)
  expect(isAlive(pid)).toBe(false)
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

/** An upload that would create the canary, were its payload ever taken for a script or for frames. */
const sendTrap = (channel: Channel, canary: string): void => {
  const script = `echo a >${canary}\n`
  const payload = Buffer.from(`${script}x ${script.length} t1\n${script}`.repeat(50))
  channel.upload('u0', payload.length, [payload])
}

describe.each(testShells())('the loop in $name', (shell) => {
  it('runs no part of a script, and leaves nothing, wherever the stream is cut', async (ctx) => {
    const options = optionsOf(ctx, shell)
    const all = Buffer.concat(tenFrames().map(({ bytes }) => bytes))
    await mapBounded(cuts(shell.name === 'dash' ? 1 : 8), 16, async (cut) => {
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

  it.for(hostile)('answers normally after %s', async ([, script], ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const [, after] = await Promise.all([channel.run(script), channel.run(plain)])
      expectPlain(after)
    })
  })

  it('answers normally after random scripts', async (ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const scripts = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' '))
      const property = fc.asyncProperty(scripts, async (script) => {
        const [, after] = await Promise.all([channel.run(script), channel.run(plain)])
        expectPlain(after)
      })
      await fc.assert(property, { numRuns: 150 })
    })
  })

  it('is not held up by children in the background, nor misled by their output', async (ctx) => {
    const pids = freshPath()
    try {
      await withShell(optionsOf(ctx, shell), async ({ channel }) => {
        const children = [`sleep 600 & echo $! >>${pids}`, `while :; do echo x 1 t1; done & echo $! >>${pids}`]
        for (const script of children) {
          const [, after] = await Promise.all([channel.run(script), channel.run(plain)])
          expectPlain(after)
        }
      })
    } finally {
      for (const pid of readFileSync(pids, 'utf8').trim().split('\n')) process.kill(Number(pid), 'SIGKILL')
    }
  })

  it('cuts an answer of 100 MB and says so', async (ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const long = channel.run('head -c 104857600 /dev/zero; echo aside >&2')
      const after = channel.run(plain)
      const { exit, cut, stdout, stderr } = await long
      expect({ exit, cut, out: stdout.length, err: String(stderr) }).toEqual({
        exit: 0,
        cut: true,
        out: outputLimit,
        err: 'aside\n',
      })
      expectPlain(await after)
    })
  })

  it('refuses a script with a NUL byte and runs nothing of it', async (ctx) => {
    const canary = freshPath()
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const answer = channel.run(`echo a >${canary}\n: \0\necho b >${canary}`)
      await expect(answer).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
    })
    expect(existsSync(canary)).toBe(false)
  })

  it.for(['HUP', 'TERM', 'PIPE'])('ends and cleans up when a script sends it SIG%s', async (signal, ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      await expect(channel.run(`kill -${signal} $$`)).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
    })
  })

  it('is lost when a script kills it by force', async (ctx) => {
    const { channel, closed, ready } = await openShell(opener(optionsOf(ctx, shell)))
    const { scratch } = await ready
    await expect(channel.run('kill -9 $$')).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
    await closed
    rmSync(scratch, { recursive: true, force: true })
  })

  it('never runs the payload of an upload whose name is taken by a folder', async (ctx) => {
    const canary = freshPath()
    await withShell(optionsOf(ctx, shell), async ({ channel, ready }) => {
      const { scratch } = await ready
      mkdirSync(join(scratch, 'u0'))
      sendTrap(channel, canary)
      expectPlain(await channel.run(plain))
    })
    expect(existsSync(canary)).toBe(false)
  })

  it('never runs the payload of an upload when scratch is gone', async (ctx) => {
    const canary = freshPath()
    await withShell(optionsOf(ctx, shell), async ({ channel, ready }) => {
      const { scratch } = await ready
      rmSync(scratch, { recursive: true })
      sendTrap(channel, canary)
      await expect(channel.run(`echo a >${canary}`)).rejects.toMatchObject({ code: 'PRV_TARGET_LOST' })
    })
    expect(existsSync(canary)).toBe(false)
  })

  it('takes megabytes while it sends megabytes', async (ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const size = 5_000_003
      const answers = Array.from({ length: 4 }, (_, i) => {
        channel.upload(`u${i}`, size, [Buffer.alloc(size, 120)])
        return channel.run(`cat "$D/u${i}"; cat "$D/u${i}" >&2`)
      })
      for (const { exit, stdout, stderr } of await Promise.all(answers)) {
        expect({ exit, out: stdout.length, err: stderr.length }).toEqual({ exit: 0, out: size, err: size })
      }
      expect(channel.roundTrips).toBe(1)
    })
  })

  it('puts a large upload where it takes no memory, and leaves nothing there', async (ctx) => {
    let place = ''
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const size = (8 << 20) + 1
      const bytes = Buffer.alloc(size, 'prove')
      channel.upload('u0', size, [bytes])
      const { stdout } = await channel.run('readlink "$D/u0"; sha256sum <"$D/u0"')
      const [link = '', sum = ''] = stdout.toString().split('\n')
      expect(link).toMatch(/^\/var\/tmp\/prove\./)
      expect(sum.split(' ')[0]).toBe(createHash('sha256').update(bytes).digest('hex'))
      place = dirname(link)
    })
    expect(existsSync(place)).toBe(false)
  })

  it('keeps every byte of an upload, of any size and content', async (ctx) => {
    await withShell(optionsOf(ctx, shell), async ({ channel }) => {
      const around = fc.constantFrom(0, 1, 511, 512, 4095, 4096, 65_535, 65_536, 65_537, 131_072)
      const contents = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        around.map((size) => new Uint8Array(size).fill(10)),
      )
      const property = fc.asyncProperty(contents, async (content) => {
        channel.upload('u', content.length, [Buffer.from(content)])
        const { stdout } = await channel.run('cat "$D/u"')
        expect(stdout.equals(content)).toBe(true)
      })
      await fc.assert(property, { numRuns: 40 })
    })
  })
})
