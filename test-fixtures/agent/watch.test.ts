import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textOf, until } from '../cli/prove.js'
import { AgentPlace } from './agent-place.js'
import { AgentProcess } from './agent-process.js'

let place: AgentPlace
beforeEach(() => {
  place = new AgentPlace()
})
afterEach(() => place.close())

const declared = 'as declared\n'

const states = (file: string): string => `
f:
  file.managed: { path: ${file}, content: "as declared\\n" }
eye:
  file.watched: ${file}
  notify: f
`

const targets = (address: string) => ({ web1: { executor: 'agent', options: { address } } })

const restored = (file: string): Promise<void> => until(`${file} to be as declared`, () => textOf(file) === declared)

describe('a file that an agent watches', () => {
  it('is as declared again when somebody changes, replaces or removes it', async () => {
    const { address } = await place.agent('web1')
    const file = place.at('watched')
    const plan = await place.run('plan', targets(address), { states: states(file) })
    expect(plan.lines.map(({ state }) => state)).toContain('site:eye')
    expect(plan.lines.map(({ outcome }) => outcome)).not.toContain('failed')
    expect((await place.run('apply', targets(address), { states: states(file) })).summary.outcome).toBe('changed')
    const putRight = (times: number): Promise<void> =>
      until(`${times} times`, () => place.logged.filter((line) => line.includes('site:f: changed')).length === times)
    writeFileSync(file, 'somebody was here\n')
    await putRight(1)
    expect(textOf(file)).toBe(declared)
    writeFileSync(place.at('other'), 'another one\n')
    renameSync(place.at('other'), file)
    await putRight(2)
    expect(textOf(file)).toBe(declared)
    rmSync(file)
    await putRight(3)
    expect(textOf(file)).toBe(declared)
    expect((await place.run('apply', targets(address), { states: states(file) })).summary.outcome).toBe('ok')
  })

  it('is still watched after the agent was started again, with no master there, and where its content was never sent', async () => {
    const agent = new AgentProcess(place.at('agent'), place.ring.identity().fingerprint)
    place.ring.accept({ fingerprint: agent.fingerprint, name: 'web1' })
    await agent.start()
    const file = place.write('watched', declared)
    const address = `tcp://127.0.0.1:${agent.port}`
    // All but the watching is as declared already.
    const { summary, lines } = await place.runBuilt('apply', targets(address), { states: states(file) })
    expect(summary.outcome).toBe('changed')
    expect(lines.filter(({ outcome }) => outcome === 'changed').map(({ state }) => state)).toEqual(['site:eye'])
    await agent.kill()
    await agent.start()
    writeFileSync(file, 'somebody was here\n')
    await restored(file)
    await agent.kill()
  })

  it('is watched no longer when the catalog does not say so any more, and still when another file is applied', async () => {
    const { address } = await place.agent('web1')
    const file = place.at('watched')
    await place.run('apply', targets(address), { folder: 'site', states: states(file) })
    await place.run('apply', targets(address), { units: { other: { g: { 'file.directory': place.at('g') } } } })
    writeFileSync(file, 'somebody was here\n')
    await restored(file)
    const without = states(file).split('eye:')[0] ?? ''
    await place.run('apply', targets(address), { folder: 'site', states: without })
    const before = place.logged.length
    writeFileSync(file, 'somebody was here\n')
    // What is heard is heard within a moment; this takes longer.
    expect(
      (await place.run('apply', targets(address), { units: { other: { wait: { 'cmd.run': 'sleep 1' } } } })).summary
        .outcome,
    ).toBe('changed')
    expect(place.logged.slice(before).filter((line) => line.includes('has changed'))).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe('somebody was here\n')
  })

  it('does not keep a master out while the agent puts it right, and is then as that master declares it', async () => {
    const { address } = await place.agent('web1')
    const file = place.at('watched')
    const [told, gate] = [place.at('told'), place.at('gate')]
    const withSlow = (content: string): string => `
f:
  file.managed: { path: ${file}, content: "${content}\\n" }
slow:
  cmd.run: { command: "echo >>${told}; until [ -e ${gate} ]; do sleep 0.05; done" }
  lazy: true
eye:
  file.watched: ${file}
  notify: [f, slow]
`
    const own = (runs: number): Promise<void> =>
      until(`the agent to act ${runs} times`, () => textOf(told).length === runs)
    const logs = (line: string): number => place.logged.filter((each) => each.includes(line)).length
    writeFileSync(gate, '')
    await place.run('apply', targets(address), { folder: 'site', states: withSlow('one') })
    const before = textOf(told).length
    rmSync(gate)
    writeFileSync(file, 'somebody was here\n')
    await own(before + 1)
    expect(textOf(file)).toBe('one\n')
    const heard = logs('has changed')
    writeFileSync(file, 'somebody was here again\n')
    await until('that to be heard', () => logs('has changed') > heard)
    const applies = logs('apply for')
    const second = place.run('apply', targets(address), { folder: 'site', states: withSlow('two') })
    await until('the agent to be asked', () => logs('apply for') > applies)
    writeFileSync(gate, '')
    const { summary, events } = await second
    expect(events.filter(({ type }) => type === 'error')).toEqual([])
    expect(summary.outcome).toBe('changed')
    const putRight = logs('site:f: changed')
    // What was heard before the second apply has its turn after it, and finds all as it is declared now.
    await until('the agent to have acted again', () => textOf(told).length > before + 1)
    expect(textOf(file)).toBe('two\n')
    expect(logs('site:f: changed')).toBe(putRight)
  })

  it('may be a folder, and need not be there', async () => {
    const { address } = await place.agent('web1')
    const folder = place.at('folder')
    const told = place.at('told')
    const catalog = `
tell:
  cmd.run: { command: "ls -A ${folder} >>${told}" }
  lazy: true
eye:
  file.watched: ${folder}
  notify: tell
`
    await place.run('apply', targets(address), { states: catalog })
    rmSync(told, { force: true })
    mkdirSync(folder)
    await until('the folder to be heard of', () => existsSync(told))
    writeFileSync(`${folder}/new`, '')
    await until('what is in it to be heard of', () => textOf(told).includes('new\n'))
  })
})
