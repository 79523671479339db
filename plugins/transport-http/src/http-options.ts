import { z } from '@prove/core'

const seconds = (most: number) => z.number().positive().max(most)

/** What tunes both schemes, on both sides. */
export const httpOptions = {
  framing: z
    .enum(['auto', 'websocket', 'poll'])
    .default('auto')
    .meta({ description: 'How bytes travel when dialling: "auto" tries WebSocket first, and polls where that fails.' }),
  connectTimeout: seconds(3600).default(10).meta({
    description: 'Seconds to wait for an answer when dialling; WebSocket gets half of them where polling may follow.',
  }),
  handshakeTimeout: seconds(3600)
    .default(10)
    .meta({ description: 'Seconds within which who comes must have sent a whole request, or is dropped.' }),
  hold: seconds(600).default(25).meta({
    description:
      'Seconds that a poll waits for something to come, and after which a quiet WebSocket is asked whether it lives; below what proxies allow. Never more than half of "silence".',
  }),
  silence: seconds(3600)
    .default(60)
    .meta({ description: 'Seconds without a sign of life after which a connection is given up.' }),
  maxConnections: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(4096)
    .meta({ description: 'Connections that a listener holds at one time; who comes then is refused.' }),
  anyCertificate: z.boolean().default(false).meta({
    description:
      'Take any certificate of an https address. Who the other side is, is made sure inside: at stake is only what a proxy sees anyway.',
  }),
}

export type HttpOptions = z.output<z.ZodObject<typeof httpOptions>>

/** Milliseconds that a poll waits, and after which a WebSocket is asked whether it lives. */
export const holdOf = ({ hold, silence }: HttpOptions): number => Math.min(hold, silence / 2) * 1000
