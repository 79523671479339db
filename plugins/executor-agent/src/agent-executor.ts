import { type AgentDestination, type AgentExecutor, knownErrors, ProveError, type Transport, z } from '@prove/core'
import { KeyRing } from '@prove/link'
import type { AgentLink } from './agent-link.js'
import { AgentTarget } from './agent-target.js'
import { Doors } from './doors.js'
import { meet } from './meet.js'

const options = {
  address: z
    .string()
    .optional()
    .meta({ description: 'Where its agent listens; `tcp://HOST:4505` of the target unless given.' }),
  listen: z
    .string()
    .optional()
    .meta({ description: 'Where the master listens, for an agent that dials: `tcp://0.0.0.0:4505`.' }),
  key: z.string().optional().meta({
    description: 'The fingerprint of the agent; unless given, the key that `prove keys` has accepted for the target.',
  }),
  ssh: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ description: 'How `prove agent deploy` reaches the host: options of the executor `ssh`.' }),
  within: z
    .int()
    .min(1)
    .default(30)
    .meta({ description: 'Seconds to wait for an agent that dials, and for one whose link was lost.' }),
}

type Options = z.output<z.ZodObject<typeof options>>

const doors = new Doors()

/** Reaches a target by its agent. */
export const agentExecutor: AgentExecutor<typeof options> = {
  name: 'agent',
  about: 'The agent of the target, over any transport.',
  options,
  async reach(given, to) {
    const ring = new KeyRing()
    const target = new AgentTarget(to, (isFirst) => linkTo(given, to, ring, isFirst))
    try {
      await target.greet()
    } catch (error) {
      await target.close()
      throw error
    }
    return target
  },
}

const usualPort = 4505

const linkTo = async (given: Options, to: AgentDestination, ring: KeyRing, isFirst: boolean): Promise<AgentLink> => {
  const { address, listen } = given
  if (address !== undefined && listen !== undefined) {
    throw new ProveError('PRV_CONFIG_INVALID', `the target "${to.target}" has both "address" and "listen"`, {
      hint: 'give "options" where its agent listens, or where the master is to listen',
    })
  }
  if (listen !== undefined) return waited(given, to, ring, isFirst)
  const host = to.host.includes(':') ? `[${to.host}]` : to.host
  return dialled(address ?? `tcp://${host}:${usualPort}`, given, to, ring, isFirst)
}

/** Dials; after a link was lost, again and again for a while. */
const dialled = async (
  address: string,
  given: Options,
  to: AgentDestination,
  ring: KeyRing,
  isFirst: boolean,
): Promise<AgentLink> => {
  const transport = await to.transportOf(address)
  const until = performance.now() + given.within * 1000
  for (let pause = 100; ; pause = Math.min(pause * 2, 3000)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      const stream = await transport.dial(address, usualOptions(transport), to.signal)
      // oxlint-disable-next-line no-await-in-loop
      return await meet(stream, { ring, to, key: given.key })
    } catch (error) {
      if (isFirst || performance.now() + pause > until || to.signal?.aborted === true || isFinal(error))
        throw unreachable(error)
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}

/** Trying again does not change who someone is. */
const isFinal = (error: unknown): boolean => knownErrors(error).some(({ code }) => code === 'PRV_LINK_REFUSED')

const waited = async (given: Options, to: AgentDestination, ring: KeyRing, isFirst: boolean): Promise<AgentLink> => {
  const { listen = '', key, within } = given
  // An agent whose link fell silent notices that later than one who begins, and pauses before it dials.
  const seconds = isFirst ? within : within * 3
  const transport = await to.transportOf(listen)
  return doors.wait({ transport, options: usualOptions(transport), address: listen, ring, to, key, seconds })
}

const usualOptions = ({ options: shape }: Transport): Readonly<Record<string, unknown>> =>
  z.strictObject(shape).parse({})

/** As targets that cannot be reached are told of, whoever could not be. */
const unreachable = (error: unknown): unknown => {
  const [known] = knownErrors(error)
  if (known === undefined) return error
  return new ProveError('PRV_TARGET_UNREACHABLE', known.message, { hint: known.hint, cause: error })
}
