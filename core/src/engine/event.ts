import { z } from 'zod'
import { edgeKinds } from '../contracts/compiled.js'

/** The outcome of one invocation of a part. */
export const outcomes = [
  'ok',
  'changed',
  'would-change',
  'skipped',
  'failed',
  'rescued',
  'unstable',
  'pending',
] as const
export type Outcome = (typeof outcomes)[number]

export const targetOutcomes = [
  'ok',
  'changed',
  'skipped',
  'interrupted',
  'failed',
  'unstable',
  'unreachable',
  'timed-out',
  'lost',
] as const
export type TargetOutcome = (typeof targetOutcomes)[number]

export const confidences = ['sure', 'conditional', 'unknown'] as const
export type Confidence = (typeof confidences)[number]

/** Built when it is wanted, since few commands read events. */
const makeSchemas = () => {
  const place = z.strictObject({ file: z.string(), line: z.int(), column: z.int() })

  const error = z.strictObject({
    code: z.string().meta({ description: 'PRV_AREA_PROBLEM' }),
    message: z.string(),
    hint: z.string().optional(),
    place: place.optional(),
  })

  const change = z.strictObject({
    field: z.string(),
    from: z.unknown(),
    to: z.unknown(),
    diff: z.string().optional().meta({ description: 'Unified diff, where whole texts changed.' }),
  })

  const ledgerEntry = z.strictObject({
    key: z.string(),
    catalog: z.string(),
    environment: z.string(),
    state: z.string(),
    with: z.record(z.string(), z.unknown()),
    by: z.string(),
    since: z.string().meta({ description: 'ISO 8601' }),
  })

  const runEvent = z.strictObject({
    type: z.literal('run'),
    id: z.string().meta({ description: 'By which "prove show" knows it; sorts by time.' }),
    operation: z.string(),
    started: z.string().meta({ description: 'ISO 8601' }),
    version: z.string(),
    by: z.string().optional().meta({ description: 'Who ran it, and where: user@host.' }),
    targets: z.array(z.string()),
  })

  const targetEvent = z.strictObject({
    type: z.literal('target'),
    target: z.string(),
    event: z.enum([
      'connected',
      'running',
      'ran',
      'interrupted',
      'killed',
      'ended',
      'answered',
      'warning',
      'error',
      'strayed',
    ]),
    outcome: z.enum(targetOutcomes).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
    running: z.array(z.string()).optional().meta({
      description: 'Only of "running": the states whose steps were sent to the target, in the order they run.',
    }),
    ran: z
      .array(z.string())
      .optional()
      .meta({ description: 'Only of "ran": those of them whose steps have ended; their invocations follow.' }),
    result: z.record(z.string(), z.unknown()).optional(),
    entry: ledgerEntry.optional().meta({
      description: 'Only of "strayed": a notification of an earlier run, for a state that this run does not have.',
    }),
    error: error
      .optional()
      .meta({ description: 'Of "error", and of "warning", which is told before anything is done.' }),
  })

  const invocationEvent = z.strictObject({
    type: z.literal('invocation'),
    target: z.string(),
    state: z.string().meta({ description: 'The full id: file:state.' }),
    part: z.int().meta({ description: 'From 0, in the order of the state.' }),
    fn: z.string(),
    sequence: z.int().meta({ description: 'From 1, in the order of the run.' }),
    outcome: z.enum(outcomes),
    confidence: z.enum(confidences).optional().meta({ description: 'Only in plans.' }),
    dependsOn: z
      .array(z.string())
      .optional()
      .meta({ description: 'Only in plans: states that this line follows from.' }),
    reason: z.string().optional(),
    guarded: z
      .boolean()
      .optional()
      .meta({ description: 'Only of "skipped": a guard kept it, and nothing that went wrong.' }),
    notifiedBy: z
      .array(z.string())
      .optional()
      .meta({ description: 'The states that made it run; absent where it runs of its own.' }),
    notifiedSince: z
      .string()
      .optional()
      .meta({ description: 'When an earlier run noted the notification that it could not answer: ISO 8601.' }),
    changes: z.array(change),
    with: z.record(z.string(), z.unknown()).meta({ description: 'Variables that a notification gave it.' }),
    outputs: z.record(z.string(), z.unknown()).optional(),
    elapsedMs: z.int().optional().meta({
      description: 'What its steps took on the target, in milliseconds, to 10; absent where that is not known.',
    }),
  })

  const compiledEvent = z.strictObject({
    type: z.literal('compiled'),
    target: z.string(),
    states: z
      .array(
        z.strictObject({
          id: z.string(),
          place,
          functions: z.array(z.string()).meta({ description: 'Of its parts, in order; none of a group.' }),
          lazy: z.boolean(),
        }),
      )
      .meta({ description: 'What the target is to be, in the order of the run.' }),
    edges: z.array(z.strictObject({ from: z.string(), to: z.string(), kind: z.enum(edgeKinds) })).meta({
      description: '`requires`, `after` and `soft` lead to what comes before; the others to what they are about.',
    }),
  })

  const tripEvent = z.strictObject({
    type: z.literal('trip'),
    target: z.string(),
    trip: z.int().meta({ description: 'From 1, since the hello of the target.' }),
    elapsedMs: z.number(),
    sent: z.int().meta({ description: 'Bytes.' }),
    received: z.int().meta({ description: 'Bytes.' }),
    frames: z
      .array(z.strictObject({ what: z.string(), count: z.int() }))
      .meta({ description: 'What was asked together: "facts", "lock", a kind of read, or "steps"; and how many.' }),
  })

  const targetSummary = z.strictObject({
    outcome: z.enum(targetOutcomes),
    ok: z.int(),
    changed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    rescued: z
      .int()
      .optional()
      .meta({ description: 'Failures that a group made up for; absent where there are none.' }),
    roundTrips: z.int().meta({ description: 'Since the hello of the target.' }),
    elapsedMs: z.int(),
    wouldChange: z.int().optional().meta({ description: 'Only in plans.' }),
    pending: z.int().optional().meta({ description: 'Only in plans: lines without a prediction.' }),
    rereads: z.int().optional().meta({ description: 'Reads that were asked again because of steps.' }),
  })

  const summaryEvent = z.strictObject({
    type: z.literal('summary'),
    operation: z.string(),
    exit: z.int(),
    elapsedMs: z.int(),
    targets: z.record(z.string(), targetSummary),
    stopped: z.string().optional().meta({ description: 'Why targets were not begun that had been chosen.' }),
  })

  const catalogErrorEvent = error.extend({
    type: z.literal('error').meta({ description: 'The command line or the catalog is wrong: no target was reached.' }),
    includedFrom: z.array(place).meta({ description: 'Where the file was included, the nearest first.' }),
    targets: z.array(z.string()).meta({ description: 'Those that it concerns, where it does not concern all.' }),
  })

  const proveEvent = z.discriminatedUnion('type', [
    runEvent,
    compiledEvent,
    targetEvent,
    tripEvent,
    invocationEvent,
    summaryEvent,
    catalogErrorEvent,
  ])
  return {
    error,
    change,
    runEvent,
    targetEvent,
    compiledEvent,
    tripEvent,
    invocationEvent,
    targetSummary,
    summaryEvent,
    catalogErrorEvent,
    proveEvent,
  }
}

type Schemas = ReturnType<typeof makeSchemas>

let schemas: Schemas | undefined

/** The schema of every event. */
export const eventShape = (): Schemas['proveEvent'] => (schemas ??= makeSchemas()).proveEvent

export type ErrorEvent = z.output<Schemas['error']>
export type ChangeEvent = z.output<Schemas['change']>
export type RunEvent = z.output<Schemas['runEvent']>
export type TargetEvent = z.output<Schemas['targetEvent']>
export type CompiledEvent = z.output<Schemas['compiledEvent']>
export type TripEvent = z.output<Schemas['tripEvent']>
export type InvocationEvent = z.output<Schemas['invocationEvent']>
export type TargetSummary = z.output<Schemas['targetSummary']>
export type SummaryEvent = z.output<Schemas['summaryEvent']>
export type CatalogErrorEvent = z.output<Schemas['catalogErrorEvent']>
export type ProveEvent = z.output<Schemas['proveEvent']>
