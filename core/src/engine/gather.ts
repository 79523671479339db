import type { Read } from '../contracts/read.js'
import type { Reader } from '../contracts/session.js'
import type { World } from '../world/world.js'
import { examine, type Lookup } from './examine.js'
import type { PartInvocation } from './invocation.js'

/** Reads what is wanted, in as many round trips as it has rounds: answers may raise further questions. */
export const readAll = async (reader: Reader, world: World, reads: readonly Read[]): Promise<void> => {
  const complete = world.complete(reads)
  if (complete.length === 0) return
  world.record(complete, await reader.read(complete))
}

export const believe =
  (world: World) =>
  (read: Read): Lookup => {
    const known = world.believed(read) ?? world.outputs(read)
    return known === undefined ? 'wanted' : { known }
  }

/** The reads that these parts want now, given what is believed. */
export const wantedBy = (invocations: readonly PartInvocation[], world: World): readonly Read[] => {
  const wanted = new Map<string, Read>()
  for (const invocation of invocations) {
    const found = examine({ invocation, lookup: believe(world) })
    if (found.verdict === 'wanted') for (const read of found.reads) wanted.set(read.key, read)
  }
  return [...wanted.values()]
}

/** Reads all that these parts want, each round for all of them together. */
export const gather = async (reader: Reader, world: World, invocations: readonly PartInvocation[]): Promise<void> => {
  for (;;) {
    const wanted = wantedBy(invocations, world)
    if (wanted.length === 0) return
    await readAll(reader, world, wanted)
  }
}
