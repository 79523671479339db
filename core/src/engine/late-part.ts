import { z } from 'zod'
import { blobKindOf } from '../arguments.js'
import type { BlobStore } from '../contracts/blob.js'
import type { CompiledPart, CompiledState } from '../contracts/compiled.js'
import type { Answered, Read } from '../contracts/read.js'
import type { StateFunction } from '../contracts/state-function.js'
import { type Evaluated, evaluate, type LateScope, truthy } from '../late/evaluate.js'
import { settle } from '../late/settle.js'
import { schemaProblems } from '../schema-problems.js'
import type { Kinds } from '../wire/session-options.js'

/** The answer to a read; undefined while it is open. */
export type Ask = (read: Read) => Answered | undefined

/** A part with its late values in place of their expressions. */
type SettledPart =
  | { readonly part: CompiledPart }
  /** `when` does not hold. */
  | { readonly skipped: string }
  | { readonly problem: string }
  /** Something is still to be read; `early`: the part without what is late, where it can do without. */
  | { readonly open: true; readonly early?: CompiledPart | undefined }

/** What late values are made of. */
export interface LateGround {
  readonly kinds: Pick<Kinds, 'read'>
  readonly blobs: Pick<BlobStore, 'addText'>
}

/** Settles the late values of one part, in the scope of one invocation. */
export type LatePart = (given: Readonly<Record<string, unknown>>, ask: Ask) => SettledPart

/** Undefined where nothing of the part is late. */
export const latePart = (
  state: CompiledState,
  part: CompiledPart,
  fn: StateFunction,
  { kinds, blobs }: LateGround,
): LatePart | undefined => {
  const { when } = part.guards
  if (when === undefined && part.late === undefined) return undefined
  const early = withoutLate(part, fn)
  return (given, ask) => {
    const scope = scopeOf(state.with, given, ask, kinds)
    if ('open' in scope) return { open: true, early }
    if (!('with' in scope)) return scope
    const held = when === undefined ? { value: true } : evaluate(when, scope)
    if ('problem' in held) return { problem: `when: ${held.problem}` }
    if ('value' in held && !truthy(held.value)) return { skipped: 'when: it does not hold' }
    // Asked also while `when` is open: one round trip for both.
    const args = settleArguments(part, fn, scope, blobs)
    if ('open' in held || 'open' in args) return { open: true, early }
    return 'problem' in args ? args : { part: { ...part, args: args.value } }
  }
}

/** A part that can do without its late arguments asks much the same: what that is can be read with the late values. */
const withoutLate = (part: CompiledPart, fn: StateFunction): CompiledPart | undefined => {
  const isOptional = (name: string): boolean => {
    const schema = fn.args[name]
    return schema !== undefined && z.safeParse(schema, undefined).success
  }
  const { late = [] } = part
  if (!late.every(isOptional)) return undefined
  return { ...part, args: Object.fromEntries(Object.entries(part.args).filter(([name]) => !late.includes(name))) }
}

/** What late values of an invocation can see; the variables of the state stand behind those that were given. */
export const scopeOf = (
  own: Readonly<Record<string, unknown>> | undefined,
  given: Readonly<Record<string, unknown>>,
  ask: Ask,
  kinds: Pick<Kinds, 'read'>,
): LateScope | Exclude<Evaluated, { readonly value: unknown }> => {
  const scope: LateScope = { with: given, ask, lateRead: (kind) => kinds.read(kind).late }
  if (own === undefined) return scope
  const settled = settle(own, scope)
  return 'value' in settled ? { ...scope, with: { ...(settled.value as object), ...given } } : settled
}

type SettledArguments =
  | { readonly value: CompiledPart['args'] }
  | { readonly problem: string }
  | { readonly open: true }

/** What is late is validated as the compiler would have done. */
const settleArguments = (
  { args, late = [] }: CompiledPart,
  fn: StateFunction,
  scope: LateScope,
  blobs: LateGround['blobs'],
): SettledArguments => {
  const settled = settle(Object.fromEntries(late.map((name) => [name, args[name]])), scope)
  if (!('value' in settled)) return settled
  const values = settled.value as Readonly<Record<string, unknown>>
  const valid: Record<string, unknown> = { ...args }
  for (const name of late) {
    const schema = fn.args[name]
    const found = values[name]
    const value =
      typeof found === 'string' && blobKindOf(schema)?.kind === 'text'
        ? { ...blobs.addText(found), text: found }
        : found
    // Null stands for an argument that is not given.
    const parsed = schema === undefined ? undefined : z.safeParse(schema, value ?? undefined)
    if (parsed?.success !== true) {
      const [problem] = parsed === undefined ? [] : schemaProblems(parsed.error)
      const path = [name, ...(problem?.path ?? [])].join('.')
      return { problem: `the late value of "${path}" is wrong: ${problem?.message ?? 'it is not an argument'}` }
    }
    valid[name] = parsed.data
  }
  const conflict = fn.conflict?.(valid)
  return conflict === undefined ? { value: valid } : { problem: conflict }
}
