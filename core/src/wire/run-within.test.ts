import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Answer, Channel } from './channel.js'
import { graceSeconds, runWithin } from './run-within.js'

const answer: Answer = { exit: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), cut: false }

/** A channel whose answers come when they are told to, in order. */
const slowChannel = () => {
  const waiting: (() => void)[] = []
  const abandon = vi.fn()
  const run = (): Promise<Answer> => new Promise((resolve) => waiting.push(() => resolve(answer)))
  return { channel: { run, abandon } as unknown as Channel, abandon, answerNext: () => waiting.shift()?.() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('gives up on a target that answers too late', async () => {
  const { channel, abandon } = slowChannel()
  void runWithin(channel, 'a', 60)
  await vi.advanceTimersByTimeAsync((60 + graceSeconds) * 1000 - 1)
  expect(abandon).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(abandon).toHaveBeenCalledOnce()
})

it('gives a script its time from when those before it have ended', async () => {
  const { channel, abandon, answerNext } = slowChannel()
  const long = runWithin(channel, 'an hour', 3600)
  const short = runWithin(channel, 'a moment', 10)
  await vi.advanceTimersByTimeAsync(3600 * 1000)
  expect(abandon).not.toHaveBeenCalled()
  answerNext()
  await long
  await vi.advanceTimersByTimeAsync((10 + graceSeconds) * 1000 - 1)
  expect(abandon).not.toHaveBeenCalled()
  answerNext()
  expect(await short).toBe(answer)
  await vi.advanceTimersByTimeAsync(3600 * 1000)
  expect(abandon).not.toHaveBeenCalled()
})

it('gives up on one of them once its own time is over', async () => {
  const { channel, abandon, answerNext } = slowChannel()
  const long = runWithin(channel, 'an hour', 3600)
  void runWithin(channel, 'a moment', 10)
  answerNext()
  await long
  await vi.advanceTimersByTimeAsync((10 + graceSeconds) * 1000)
  expect(abandon).toHaveBeenCalledOnce()
})
