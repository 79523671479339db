import { account, mode } from '../arguments.js'
import type { Read } from '../contracts/read.js'
import type { Change } from '../contracts/state-function.js'
import { group, user } from '../reads/account.js'
import type { FileAnswer } from '../reads/file.js'
import type { z } from 'zod'

// The types are written out: declarations made of what is inferred would name a package that only core has.
type NameOrNumber = z.ZodOptional<z.ZodType<string, string | number>>

/** Owner and group, as arguments of every function that makes something. */
export const ownershipArguments: { readonly owner: NameOrNumber; readonly group: NameOrNumber } = {
  owner: account('The user that it belongs to; stays as it is unless given.').optional(),
  group: account('The group that it belongs to; stays as it is unless given.').optional(),
}

/** And its mode. */
export const modeArgument: { readonly mode: NameOrNumber } = {
  mode: mode('Permissions as octal digits; stay as they are unless given.').optional(),
}

/** As declared: names or numbers, and four octal digits. */
export interface Ownership {
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly mode?: string | undefined
}

/** Whether the names that are declared exist on the target. */
export type AccountReads = {
  readonly user?: Read<{ readonly id: number | undefined }>
  readonly group?: Read<{ readonly id: number | undefined }>
}

const isNumber = (name: string): boolean => /^\d+$/.test(name)

/** Names are looked up; numbers are used as they are. */
export const accountReads = ({ owner, group: name }: Ownership): AccountReads => ({
  ...(owner === undefined || isNumber(owner) ? {} : { user: user(owner) }),
  ...(name === undefined || isNumber(name) ? {} : { group: group(name) }),
})

interface SeenAccounts {
  readonly now: FileAnswer
  readonly user?: { readonly id: number | undefined } | undefined
  readonly group?: { readonly id: number | undefined } | undefined
}

/** The sentence for a user or group that the target does not have, or that this session may not give something to. */
export const ownershipObstacle = ({ owner, group: name }: Ownership, seen: SeenAccounts): string | undefined => {
  if (seen.user !== undefined && seen.user.id === undefined) return `there is no user "${owner}"`
  if (seen.group !== undefined && seen.group.id === undefined) return `there is no group "${name}"`
  const { by, owner: current, uid: currentId } = seen.now
  if (owner === undefined || by === 0 || same(owner, current, currentId)) return undefined
  const id = seen.user?.id ?? Number(owner)
  return id === by ? undefined : `only root may give something to "${owner}"`
}

const same = (declared: string, name: string | undefined, id: number | undefined): boolean =>
  declared === name || (isNumber(declared) && Number(declared) === id)

/** What is declared of something new, but for the mode that it has anyway. */
export const newOwnership = ({ owner, group: name, mode: bits }: Ownership, usualMode?: string): readonly Change[] => {
  const declared = { owner, group: name, mode: bits === usualMode ? undefined : bits }
  return Object.entries(declared).flatMap(([field, to]) => (to === undefined ? [] : [{ field, from: null, to }]))
}

/** What differs of owner, group and mode. */
export const ownershipChanges = (declared: Ownership, now: FileAnswer): readonly Change[] => {
  const changes: Change[] = []
  const { owner, group: name, mode: bits } = declared
  if (owner !== undefined && !same(owner, now.owner, now.uid)) {
    changes.push({ field: 'owner', from: now.owner ?? null, to: owner })
  }
  if (name !== undefined && !same(name, now.group, now.gid)) {
    changes.push({ field: 'group', from: now.group ?? null, to: name })
  }
  if (bits !== undefined && bits !== now.mode) changes.push({ field: 'mode', from: now.mode ?? null, to: bits })
  return changes
}
