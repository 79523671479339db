import { z } from '@prove/core'

const kibibyte = 1024

/** What tunes a connection over ZeroMQ, on either side. */
export const zmqOptions = {
  connectTimeout: z
    .number()
    .positive()
    .default(10)
    .meta({ description: 'Seconds in which a dialled connection is taken, and a new peer opens its stream.' }),
  heartbeat: z
    .number()
    .min(0.05)
    .max(3600)
    .default(10)
    .meta({ description: 'Seconds of silence after which the other side is asked whether it is there.' }),
  window: z
    .number()
    .int()
    .min(256 * kibibyte)
    .max(1024 * kibibyte)
    .default(512 * kibibyte)
    .meta({ description: 'Bytes that may be on their way to this side and not yet read.' }),
  highWaterMark: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(256)
    .meta({ description: 'Messages that ZeroMQ holds for one peer, in each direction.' }),
  maxHalfOpen: z
    .number()
    .int()
    .min(1)
    .default(1024)
    .meta({ description: 'Peers of a listener that are connected and have not opened a stream yet.' }),
}

/** The same, as they are used. */
export type ZmqOptions = z.output<z.ZodObject<typeof zmqOptions>>
