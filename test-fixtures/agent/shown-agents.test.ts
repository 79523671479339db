import { execFileSync } from 'node:child_process'
import { coreVersion } from '@prove/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { colorsFor } from '../../cli/src/console/colors.js'
import { listKeys } from '../../cli/src/keys/list-keys.js'
import { showAgentKey } from '../../cli/src/keys/show-key.js'
import { openProject } from '../../cli/src/project.js'
import { program } from '../cli/prove.js'
import { AgentPlace } from './agent-place.js'
import { AgentProcess } from './agent-process.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

const targets = (address: string) => ({ web1: { executor: 'agent', options: { address } } })

interface Shown {
  readonly state: string
  readonly met: {
    readonly at: string
    readonly version: string
    readonly node: string
    readonly plugins: readonly { readonly name: string; readonly build?: string; readonly compared: string }[]
  } | null
}

const shown = async (output: 'console' | 'json'): Promise<string> => {
  let text = ''
  const print = (more: string): void => void (text += more)
  place.write('project/prove.config.json', '{}')
  const project = () => openProject(place.at('project'))
  await showAgentKey('web1', output, { print, colors: colorsFor({}), project })
  return text
}

const shownData = async (): Promise<Shown> => JSON.parse(await shown('json')) as Shown

describe('an agent, as keys show it', () => {
  it('tells its version, that of Node, and its plugins, which are those of this build', async () => {
    const agent = new AgentProcess(place.at('agent'), place.ring.identity().fingerprint)
    place.ring.accept({ fingerprint: agent.fingerprint, name: 'web1' })
    await agent.start()
    const began = Date.now() - 1000
    await place.runBuilt('ping', targets(`tcp://127.0.0.1:${agent.port}`))
    await agent.kill()
    const line = [program, 'keys', 'show', 'web1', '-o', 'json']
    const told = execFileSync(process.execPath, line, { cwd: place.folder, encoding: 'utf8' })
    const { met, state } = JSON.parse(told) as Shown
    expect(state).toBe('accepted')
    expect(met).toMatchObject({ version: coreVersion, node: process.versions.node })
    expect(Date.parse(met?.at ?? '')).toBeGreaterThan(began)
    expect(met?.plugins).toContainEqual(
      expect.objectContaining({ name: 'state-file', build: expect.stringMatching(/^\S+ [0-9a-f]{16}$/) as string }),
    )
    expect(new Set(met?.plugins.map(({ compared }) => compared))).toEqual(new Set(['same']))
  })

  it('tells which plugins are others than here, and which it does not have', async () => {
    const plugins = [{ name: 'state-file', build: '0.0.9 ffff' }, { name: 'loader-yaml' }, { name: 'state-strange' }]
    const { address } = await place.agent('web1', { plugins })
    expect((await shownData()).met).toBeNull()
    await place.run('ping', targets(address))
    const compared = new Map((await shownData()).met?.plugins.map((each) => [each.name, each.compared]))
    expect(compared.get('state-file')).toBe('other')
    expect(compared.get('loader-yaml')).toBe('same')
    expect(compared.get('state-strange')).toBe('unused')
    expect(compared.get('state-service')).toBe('missing')
    // What has no state functions does its work here.
    expect(compared.has('loader-json')).toBe(false)
    const lines = (await shown('console')).split('\n')
    expect(lines.find((line) => line.includes('state-file'))).toContain('0.0.9 ffff: another one than here')
    expect(lines.find((line) => line.includes('state-service'))).toContain('missing there')
  })

  it('is listed with when it was met', async () => {
    const { address, fingerprint } = await place.agent('web1')
    await place.run('ping', targets(address))
    place.ring.noteWaiting({ fingerprint: 'SHA256:stranger', hostname: 'stranger' })
    let text = ''
    listKeys('json', { print: (more) => void (text += more), colors: colorsFor({}) })
    const listed = JSON.parse(text) as readonly { readonly fingerprint: string; readonly met?: Shown['met'] }[]
    expect(listed.find((key) => key.fingerprint === fingerprint)?.met).toMatchObject({ version: coreVersion })
    expect(listed.find((key) => key.fingerprint === 'SHA256:stranger')).not.toHaveProperty('met')
  })
})
