import type { Asked } from '../contracts/trip.js'
import type { Answer, Channel } from './channel.js'
import { lost } from './lost.js'

/** Seconds beyond what the target's own watchdogs allow before it counts as lost. */
export const graceSeconds = 30

/** The latest answer that a channel was asked for: what was sent after it waits until it is there. */
const latest = new WeakMap<Channel, Promise<unknown>>()

/** A target that answers later than its own watchdogs allow counts as lost. The time of a script begins when those before it have ended. */
export const runWithin = async (
  channel: Channel,
  script: string,
  seconds: number,
  ...asked: readonly Asked[]
): Promise<Answer> => {
  const limit = (seconds + graceSeconds) * 1000
  const before = latest.get(channel) ?? Promise.resolve()
  const answer = channel.run(script, ...asked)
  const ended = answer.catch(() => undefined)
  latest.set(channel, ended)
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  void before.then(() => {
    if (isOver) return
    timer = setTimeout(
      () => {
        const message = `the target has not answered for ${Math.round(limit / 1000)} s`
        channel.abandon(lost(message))
      },
      Math.min(limit, 2_147_483_647),
    )
  })
  try {
    return await answer
  } finally {
    isOver = true
    clearTimeout(timer)
  }
}
