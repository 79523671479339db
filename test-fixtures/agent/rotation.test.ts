import { readFileSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rotateAgentKey, rotateMasterKey } from '../../cli/src/keys/rotate-keys.js'
import { openProject, type Project } from '../../cli/src/project.js'
import { AgentPlace } from './agent-place.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

const targets = (addresses: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(addresses).map(([name, address]) => [name, { executor: 'agent', options: { address, within: 2 } }]),
  )

const projectOf = (addresses: Readonly<Record<string, string>>): Promise<Project> => {
  place.write('project/prove.config.json', JSON.stringify({ targets: targets(addresses) }))
  return openProject(place.at('project'))
}

const pinged = async (addresses: Readonly<Record<string, string>>): Promise<string> =>
  (await place.run('ping', targets(addresses))).summary.outcome

const said: string[] = []
const print = (text: string): void => void said.push(text)

const mastersOf = (name: string): unknown =>
  (JSON.parse(readFileSync(place.at(name, 'agent.json'), 'utf8')) as { readonly masters: unknown }).masters

describe('the key of an agent', () => {
  it('is another one afterwards, and the old one is revoked', async () => {
    const { address, fingerprint } = await place.agent('web1')
    await rotateAgentKey(await projectOf({ web1: address }), 'web1', print)
    expect(place.ring.byFingerprint(fingerprint)?.state).toBe('revoked')
    expect(place.ring.acceptedOf('web1')?.fingerprint).not.toBe(fingerprint)
    expect(await pinged({ web1: address })).toBe('ok')
    expect(statSync(place.at('web1', 'agent.key')).mode & 0o777).toBe(0o600)
  })
})

describe('the key of the master', () => {
  it('is another one afterwards, which the agents obey, and the old one they do not', async () => {
    const one = await place.agent('web1')
    const two = await place.agent('web2')
    const before = place.ring.identity()
    const addresses = { web1: one.address, web2: two.address }
    await rotateMasterKey(await projectOf(addresses), false, print)
    const after = place.ring.identity()
    expect(after.fingerprint).not.toBe(before.fingerprint)
    expect(mastersOf('web1')).toEqual([before.fingerprint, after.fingerprint])
    expect(await pinged({ web1: one.address })).toBe('ok')
    expect(await pinged({ web2: two.address })).toBe('ok')
    expect(mastersOf('web1')).toEqual([after.fingerprint])
    place.ring.replaceIdentity(before)
    expect(await pinged({ web1: one.address })).toBe('unreachable')
  })

  it('stays where an agent cannot be told, unless that is forced', async () => {
    const one = await place.agent('web1')
    const before = place.ring.identity().fingerprint
    const project = await projectOf({ web1: one.address, gone: 'tcp://127.0.0.1:1' })
    await expect(rotateMasterKey(project, false, print)).rejects.toMatchObject({ code: 'PRV_KEY_STATE' })
    expect(place.ring.identity().fingerprint).toBe(before)
    expect(await pinged({ web1: one.address })).toBe('ok')
    await rotateMasterKey(project, true, print)
    expect(place.ring.identity().fingerprint).not.toBe(before)
    expect(await pinged({ web1: one.address })).toBe('ok')
  })
})
