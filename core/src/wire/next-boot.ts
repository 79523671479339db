import { knownErrors } from '../error.js'
import { lost } from './lost.js'

/** A session on the target, in whatever boot it is. */
interface Reached {
  readonly facts: { readonly boot: string }
  close(): Promise<void>
}

interface Waiting {
  /** The boot that is to end. */
  readonly boot: string
  readonly seconds: number
  readonly isStopping: () => boolean
}

/** Milliseconds between two attempts to reach it. */
const pause = 1000

/** Opens sessions until one is in another boot than before. Throws PRV_TARGET_LOST when its time is up. */
export const nextBoot = async <Session extends Reached>(
  open: () => Promise<Session>,
  { boot, seconds, isStopping }: Waiting,
): Promise<Session> => {
  const until = Date.now() + seconds * 1000
  for (;;) {
    let why = 'it is still in the boot that was to end'
    try {
      const session = await open()
      if (session.facts.boot !== boot) return session
      await session.close()
    } catch (error) {
      const [known] = knownErrors(error)
      if (known === undefined || !isOfWay(known.code)) throw error
      why = known.message
    }
    if (isStopping()) throw lost('interrupted while the target booted')
    if (Date.now() >= until) throw lost(`the target was not back within ${seconds} s: ${why}`)
    await new Promise((resume) => setTimeout(resume, pause))
  }
}

/** What passes while a target goes down and comes up; a lock that somebody else holds does not. */
const isOfWay = (code: string): boolean =>
  ['PRV_TARGET_UNREACHABLE', 'PRV_TARGET_ELEVATION', 'PRV_TARGET_LOST', 'PRV_WIRE_PROTOCOL'].includes(code)
