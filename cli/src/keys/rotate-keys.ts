import { knownErrors, ProveError } from '@prove/core'
import { KeyRing } from '@prove/link'
import type { Target } from '@prove/catalog'
import type { Project } from '../project.js'
import { agentTargetsOf, askAgent } from './ask-agent.js'

type Print = (text: string) => void

/** Has an agent make another key, and knows it by that one from now on. */
export const rotateAgentKey = async (project: Project, asked: string, print: Print): Promise<number> => {
  const ring = new KeyRing()
  // After a try that was cut there are two of this name.
  const before = ring.acceptedOf(asked) ?? ring.find(asked, 'accepted')
  if (before.state !== 'accepted') {
    throw new ProveError('PRV_KEY_STATE', `the key ${before.fingerprint} is ${before.state}`, {
      hint: 'only an accepted key is replaced by another',
    })
  }
  const target = (await agentTargetsOf(project)).find(({ name }) => name === before.name)
  if (target === undefined) {
    throw new ProveError('PRV_TARGET_UNKNOWN', `the configuration has no target "${before.name}" with an agent`, {
      hint: 'run this where the targets are',
    })
  }
  await askAgent(project, target, async (ask) => {
    const { fingerprint } = await ask('agent.renew', {})
    // Both keys are known until the agent has said that it has the new one: a run that is cut here is run again.
    const after = ring.succeed(before, String(fingerprint))
    await ask('agent.confirm', { fingerprint })
    const others = ring.all().filter(({ name, state }) => name === after.name && state === 'accepted')
    for (const key of others) if (key.fingerprint !== after.fingerprint) ring.revoke(key)
    print(`"${after.name}" has another key: ${after.fingerprint}\n`)
  })
  return 0
}

/** Gives the master another key, after all its agents were told of it: where not all were, the next try goes on with the same. */
export const rotateMasterKey = async (project: Project, force: boolean, print: Print): Promise<number> => {
  const ring = new KeyRing()
  const next = ring.nextIdentity()
  const targets = await agentTargetsOf(project)
  const master = ring.identity().fingerprint
  const missed: string[] = []
  for (const target of targets) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: it is told which was not reached
    const why = await toldOf(project, target, { next: next.fingerprint, master })
    print(`${target.name}  ${why ?? 'expects the new key'}\n`)
    if (why !== undefined) missed.push(target.name)
  }
  // Keys are the user's: other configurations may have agents of their own.
  const told = new Set(targets.map(({ name }) => name))
  for (const { name, state } of ring.all()) if (state === 'accepted' && !told.has(name)) missed.push(name)
  if (missed.length > 0 && !force) {
    throw new ProveError('PRV_KEY_STATE', `the key was not changed: ${missed.join(', ')} would not know it`, {
      hint: 'run it again when they can be reached; with --force they must be told by "prove-agent join"',
    })
  }
  ring.takeNextIdentity()
  print(`this master has another key: ${next.fingerprint}\n`)
  return 0
}

/** Why an agent was not told; undefined when it was. */
const toldOf = async (
  project: Project,
  target: Target,
  request: { readonly next: string; readonly master: string },
): Promise<string | undefined> => {
  try {
    await askAgent(project, target, async (ask) => void (await ask('agent.expect', request)))
    return undefined
  } catch (error) {
    const [known] = knownErrors(error)
    if (known === undefined) throw error
    return known.message
  }
}
