import { z } from '@prove/core'
import { wrong } from './frames.js'

/** The version of what is said here. Sides that speak another one refuse each other. */
export const protocolVersion = 1

/** How TLS names it, so that what speaks something else ends before anything is said. */
export const protocolName = `prove/${protocolVersion}`

const requestId = z.string().regex(/^[0-9a-f]{32}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const shortText = z.string().max(1024)
const plain = z.record(z.string(), z.unknown())

/** A plugin as the agent has it. */
const pluginShape = z.strictObject({ name: shortText, build: shortText.optional() })

const errorShape = z.strictObject({
  code: shortText,
  message: z.string().max(65_536),
  hint: z.string().max(65_536).optional(),
})

/** The first message of each side. */
const hello = z.strictObject({
  kind: z.literal('hello'),
  role: z.enum(['agent', 'master']),
  protocol: z.int(),
  /** Of the program. */
  version: shortText,
  /** What an agent calls its host; what a master calls itself. */
  name: z
    .string()
    .min(1)
    .max(255)
    .refine((name) => !name.startsWith('SHA256:'), 'a name that looks like a fingerprint'),
  /** Of an agent that was given a join string. */
  token: z.string().max(128).optional(),
  /** Of an agent: what it can carry out. */
  plugins: z.array(pluginShape).max(1000).optional(),
  /** Of an agent: the version of Node that it runs on. */
  node: shortText.optional(),
})

/** The answer to a hello. */
const ready = z.strictObject({ kind: z.literal('ready') })
const refused = z.strictObject({ kind: z.literal('refused'), error: errorShape })

/** To an agent: carry out the action of an operation. The same id again asks for the same report, from an event on. */
const request = z.strictObject({
  kind: z.literal('request'),
  id: requestId,
  operation: shortText,
  request: z.unknown(),
  /** As the master names the target. */
  target: z.string().min(1).max(255),
  owner: z.strictObject({ who: shortText, since: shortText }),
  /** How many events of it have come already. */
  from: z.int().min(0),
})
const interrupt = z.strictObject({
  kind: z.literal('interrupt'),
  id: requestId,
  times: z.union([z.literal(1), z.literal(2)]),
})
/** The report has come: it need not be kept. */
const settled = z.strictObject({ kind: z.literal('settled'), id: requestId })

/** Of an agent: what happens, numbered from 0, and how it ended. */
const event = z.strictObject({ kind: z.literal('event'), id: requestId, number: z.int().min(0), event: plain })
const ended = z.strictObject({
  kind: z.literal('ended'),
  id: requestId,
  result: plain.optional(),
  facts: plain.optional(),
  errors: z.array(errorShape).min(1).optional(),
})

/** Of an agent: a content that it lacks; the answer is frames of bytes, or that the master does not have it. */
const want = z.strictObject({ kind: z.literal('want'), sha256, size: z.int().min(0) })
const content = z.strictObject({ kind: z.literal('content'), sha256, size: z.int().min(0).optional() })

const alive = z.strictObject({ kind: z.literal('alive') })

const messageShape = z.discriminatedUnion('kind', [
  hello,
  ready,
  refused,
  request,
  interrupt,
  settled,
  event,
  ended,
  want,
  content,
  alive,
])

export type Message = z.output<typeof messageShape>
export type MessageOf<K extends Message['kind']> = Extract<Message, { kind: K }>
export type PluginShown = z.output<typeof pluginShape>
export type LinkError = z.output<typeof errorShape>

/** The message in a frame. Throws PRV_LINK_PROTOCOL; what was sent is not repeated, for it may be secret. */
export const parseMessage = (body: Buffer): Message => {
  let said: unknown
  try {
    said = JSON.parse(body.toString('utf8'))
  } catch {
    throw wrong('a message that is no JSON')
  }
  const parsed = messageShape.safeParse(said, { jitless: true })
  if (parsed.success) return parsed.data
  const kind = (said as { readonly kind?: unknown } | null)?.kind
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw wrong(typeof kind === 'string' && where !== '' ? `a message with a wrong "${where}"` : 'an unknown message')
}
