import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askAgent, agentTargetsOf } from '../../cli/src/keys/ask-agent.js'
import { rotateAgentKey, rotateMasterKey } from '../../cli/src/keys/rotate-keys.js'
import { showOwnKey } from '../../cli/src/keys/show-key.js'
import { openProject, type Project } from '../../cli/src/project.js'
import { program } from '../cli/prove.js'
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

const nextFile = (): string => place.at('keys', 'master.key.next')

const shownOwn = (): unknown => {
  let text = ''
  showOwnKey('json', (more) => void (text += more), print)
  return JSON.parse(text)
}

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

describe('the key of an agent, where a try was cut before the agent had it', () => {
  it('is the one that the master knows already, after the next try', async () => {
    const { address, fingerprint } = await place.agent('web1')
    const project = await projectOf({ web1: address })
    const [target] = await agentTargetsOf(project)
    if (target === undefined) throw new Error('no target')
    let made = ''
    await askAgent(project, target, async (ask) => void (made = String((await ask('agent.renew', {}))['fingerprint'])))
    place.ring.succeed(place.ring.find('web1', 'accepted'), made)
    await rotateAgentKey(project, 'web1', print)
    expect(place.ring.byFingerprint(fingerprint)?.state).toBe('revoked')
    expect(place.ring.byFingerprint(made)?.state).toBe('accepted')
    expect(place.ring.all()).toHaveLength(2)
    expect(await pinged({ web1: address })).toBe('ok')
    await rotateAgentKey(project, 'web1', print)
    expect(place.ring.byFingerprint(made)?.state).toBe('revoked')
    expect(await pinged({ web1: address })).toBe('ok')
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
    writeFileSync(place.at('keys', 'master.key'), before.key)
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

  it('is the same new one in the next try, where the first was in vain', async () => {
    const one = await place.agent('web1')
    const two = await place.agent('web2')
    const before = place.ring.identity().fingerprint
    const inVain = await projectOf({ web1: one.address, web2: 'tcp://127.0.0.1:1' })
    await expect(rotateMasterKey(inVain, false, print)).rejects.toMatchObject({ code: 'PRV_KEY_STATE' })
    const next = place.ring.unfinishedIdentity()?.fingerprint
    expect(mastersOf('web1')).toEqual([before, next])
    expect(statSync(nextFile()).mode & 0o777).toBe(0o600)
    expect(shownOwn()).toEqual({ fingerprint: before, next })
    await rotateMasterKey(await projectOf({ web1: one.address, web2: two.address }), false, print)
    expect(shownOwn()).toEqual({ fingerprint: next })
    expect(existsSync(nextFile())).toBe(false)
    for (const [name, { address }] of Object.entries({ web1: one, web2: two })) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await pinged({ [name]: address })).toBe('ok')
      expect(mastersOf(name)).toEqual([next])
    }
  })

  it('is the same new one after a try that was killed', async () => {
    const { address } = await place.agent('web1')
    const before = place.ring.identity().fingerprint
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    await projectOf({ web1: address, web2: `tcp://127.0.0.1:${port}` })
    const stdio = ['ignore', 'pipe', 'inherit'] as const
    const child = spawn(process.execPath, [program, 'keys', 'rotate'], { cwd: place.at('project'), stdio: [...stdio] })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    silent.close()
    const next = place.ring.unfinishedIdentity()?.fingerprint
    expect(mastersOf('web1')).toEqual([before, next])
    await rotateMasterKey(await projectOf({ web1: address }), false, print)
    expect(place.ring.identity().fingerprint).toBe(next)
    expect(await pinged({ web1: address })).toBe('ok')
    expect(mastersOf('web1')).toEqual([next])
  })

  it('leaves no other one among those that are obeyed, where the new one was lost between two tries', async () => {
    const { address } = await place.agent('web1')
    const before = place.ring.identity().fingerprint
    const project = await projectOf({ web1: address, gone: 'tcp://127.0.0.1:1' })
    await expect(rotateMasterKey(project, false, print)).rejects.toMatchObject({ code: 'PRV_KEY_STATE' })
    const lost = place.ring.unfinishedIdentity()?.fingerprint
    rmSync(nextFile())
    await expect(rotateMasterKey(project, false, print)).rejects.toMatchObject({ code: 'PRV_KEY_STATE' })
    const next = place.ring.unfinishedIdentity()?.fingerprint
    expect(next).not.toBe(lost)
    expect(mastersOf('web1')).toEqual([before, next])
    expect(await pinged({ web1: address })).toBe('ok')
  })
})
