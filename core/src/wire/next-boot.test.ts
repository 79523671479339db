import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProveError } from '../error.js'
import { nextBoot } from './next-boot.js'
import { splitAtReboot } from './reboot-segments.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const closed: string[] = []
const inBoot =
  (boot: string): (() => Promise<{ facts: { boot: string }; close: () => Promise<void> }>) =>
  () =>
    Promise.resolve({ facts: { boot }, close: () => Promise.resolve(void closed.push(boot)) })
const down =
  (code: 'PRV_TARGET_UNREACHABLE' | 'PRV_TARGET_LOCKED', words = 'no way') =>
  (): Promise<never> =>
    Promise.reject(new ProveError(code, words))

/** Opens by one after the other, the last one for ever. */
const openBy = <T>(ways: readonly (() => Promise<T>)[], last = ways.at(-1)): (() => Promise<T>) => {
  let i = 0
  return () => (ways[i++] ?? last)?.() ?? Promise.reject(new Error('no way'))
}

const wait = (open: ReturnType<typeof openBy>, isStopping = () => false): Promise<unknown> => {
  const settled = nextBoot(open as ReturnType<typeof inBoot>, { boot: 'old', seconds: 30, isStopping })
  settled.catch(() => undefined)
  return vi.runAllTimersAsync().then(() => settled)
}

describe('the next boot', () => {
  it('is waited for while the old one ends and nothing answers', async () => {
    closed.length = 0
    const open = openBy<unknown>([inBoot('old'), inBoot('old'), down('PRV_TARGET_UNREACHABLE'), inBoot('new')])
    await expect(wait(open)).resolves.toMatchObject({ facts: { boot: 'new' } })
    expect(closed).toEqual(['old', 'old'])
  })

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['does not answer', down('PRV_TARGET_UNREACHABLE', 'nobody there'), /not back within 30 s: nobody there/],
    ['is not booted at all', inBoot('old'), /not back within 30 s: it is still in the boot/],
  ])('is lost where the target %s', async (_title, way, words) => {
    await expect(wait(openBy([way]))).rejects.toMatchObject({
      code: 'PRV_TARGET_LOST',
      message: expect.stringMatching(words) as unknown,
    })
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['somebody else took its lock', down('PRV_TARGET_LOCKED', 'bob'), 'bob'],
    ['something is wrong with Prove', () => Promise.reject(new TypeError('oh')), 'oh'],
  ])('is not waited for where %s', async (_title, way, words) => {
    await expect(wait(openBy([way, inBoot('new')]))).rejects.toThrow(words)
  })

  it('is not waited for after an interruption', async () => {
    await expect(wait(openBy([down('PRV_TARGET_UNREACHABLE'), inBoot('new')]), () => true)).rejects.toThrow(
      'interrupted',
    )
  })
})

describe('segments around a boot', () => {
  const step = (number: number, kind = 'exec'): { number: number; needs: []; step: { kind: string } } => ({
    number,
    needs: [],
    step: { kind },
  })
  const proof = [{ kind: 'file', key: 'file:/a', query: {} }]
  const split = (segments: Parameters<typeof splitAtReboot>[0]): ReturnType<typeof splitAtReboot> =>
    splitAtReboot(segments, ({ kind }) => (kind === 'boot' ? 60 : undefined))

  it('are what comes before and what comes after, with its proof', () => {
    const segments = [
      { steps: [step(1)], proof },
      { steps: [step(2), step(3, 'boot'), step(4)], proof },
      { steps: [step(5, 'boot')], proof: [] },
    ]
    expect(split(segments)).toEqual({
      before: [segments[0], { steps: [step(2)], proof: [] }],
      boot: step(3, 'boot'),
      seconds: 60,
      after: [{ steps: [step(4)], proof }, segments[2]],
    })
  })

  it('are not split where there is none', () => {
    expect(split([{ steps: [step(1)], proof }])).toBeUndefined()
  })
})
