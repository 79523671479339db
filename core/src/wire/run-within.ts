import type { Asked } from '../contracts/trip.js'
import type { Answer, Channel } from './channel.js'
import { lost } from './lost.js'

/** Seconds beyond what the target's own watchdogs allow before it counts as lost. */
export const graceSeconds = 30

/** A target that answers later than its own watchdogs allow counts as lost. */
export const runWithin = async (channel: Channel, script: string, seconds: number, asked?: Asked): Promise<Answer> => {
  const limit = (seconds + graceSeconds) * 1000
  const timer = setTimeout(
    () => {
      const message = `the target has not answered for ${Math.round(limit / 1000)} s`
      channel.abandon(lost(message))
    },
    Math.min(limit, 2_147_483_647),
  )
  try {
    return await channel.run(script, asked)
  } finally {
    clearTimeout(timer)
  }
}
