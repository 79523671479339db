import type { Reader } from '../contracts/session.js'
import type { World } from '../world/world.js'
import type { Applied } from './applied.js'
import { examine, type Examined } from './examine.js'
import { believe, readAll } from './gather.js'
import { unwoken } from './invocation.js'
import { provesItself } from './resolve.js'

/** Looks again at a part whose steps succeeded: what it declares must now be so, at once or within the time it gives. */
export const proveNow = async (applied: Applied, world: World, reader: Reader): Promise<Applied> => {
  const { invocation, part = invocation.part } = applied
  const { fn } = invocation
  if (!provesItself(fn, part)) return applied
  const verify = fn.verify?.(part.args) ?? 'now'
  const until = Date.now() + (typeof verify === 'object' ? verify.within * 1000 : 0)
  for (;;) {
    const found = examine({ invocation: unwoken(invocation), lookup: believe(world), guards: 'creates' })
    if (found.verdict === 'wanted') {
      await readAll(reader, world, found.reads)
      continue
    }
    const reason = unproven(found)
    if (reason === undefined) return applied
    if (Date.now() >= until) return { ...applied, outcome: 'failed', reason }
    await new Promise((resume) => setTimeout(resume, 500))
    world.touch('everything')
  }
}

/** Why a part has not converged; undefined when it has. */
export const unproven = (found: Examined): string | undefined => {
  switch (found.verdict) {
    case 'changes': {
      const { creates } = found.part.guards
      if (creates !== undefined) return `its steps succeeded, but there is no "${creates}", which it "creates"`
      const fields = found.changes.map(({ field }) => field).join(', ')
      return `its steps succeeded, but it still differs: ${fields}`
    }
    case 'blocked':
      return `its steps succeeded, but ${found.reason}`
    default:
      return undefined
  }
}
