import { didYouMean, type LateRead } from '@prove/core'

/** The kinds of reads that late values can ask, by name. */
export type Calls = ReadonlyMap<string, LateRead>

/** What is wrong, and what to do about it. */
export interface Flaw {
  readonly message: string
  readonly hint: string | undefined
}

/** Why a kind of read cannot be asked; undefined where it can. */
export const callFlaw = (name: string, calls: Calls): Flaw | undefined => {
  if (calls.has(name)) return undefined
  const usages = Array.from(calls.values(), ({ usage }) => usage)
  const hint = didYouMean(name, calls.keys()) ?? `late values can read ${usages.join(', ')}`
  return { message: `there is no read "${name}"`, hint }
}

/** Why the value of a read has no such member; undefined where it may have it. */
export const memberFlaw = (name: string, key: unknown, calls: Calls): Flaw | undefined => {
  const members = calls.get(name)?.members
  if (members === undefined || typeof key !== 'string' || members.includes(key)) return undefined
  const all = members.length === 0 ? 'use its value as it is' : `its members are ${members.join(', ')}`
  return { message: `"${name}" has no member "${key}"`, hint: didYouMean(key, members) ?? all }
}
