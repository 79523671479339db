import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKernel } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standardPlugins } from '../../cli/src/load-kernel.js'
import { entries, MadeAgent } from '../agent-file/made-agent.js'
import { type Ended, Place, summaryOf } from '../cli/prove.js'
import { Lab, whyNoLab } from '../hosts/lab.js'
import type { LabHost } from '../hosts/lab-host.js'
import { skipOrFail } from '../shells.js'

const reason = whyNoLab()
const needy = createKernel(await standardPlugins()).functions.all.filter(({ needs }) => needs === 'agent')

describe('an agent on a host that has nothing of Prove', () => {
  if (reason !== undefined) return it('is deployed', (ctx) => skipOrFail(ctx, reason))
  const made = new MadeAgent(entries.agent)
  let lab: Lab
  let host: LabHost
  let place: Place
  let file: string
  beforeAll(async () => {
    file = made.file('prove-agent')
    lab = await Lab.open()
    const [first] = await lab.boot(1)
    host = first ?? expect.fail('the lab has no host')
    place = new Place()
    place.states({ motd: { 'file.managed': { path: '/etc/prove-test', content: 'by an agent\n' } } })
    configure({ ssh: { config: lab.sshConfig } })
  })
  afterAll(async () => {
    place?.remove()
    await lab?.close()
    made.remove()
  })

  const configure = (options: object): void => {
    const web1 = { host: host.address, executor: 'agent', options }
    place.write('prove.config.json', JSON.stringify({ targets: { web1 } }))
  }
  const prove = (...words: readonly string[]): Promise<Ended> =>
    place.start(words, { PROVE_KEYS: place.path('keys') }).ended
  const outcome = async (...words: readonly string[]): Promise<string | undefined> =>
    summaryOf(await prove(...words, '-o', 'json')).targets['web1']?.outcome

  it('is there after one command, and obeys after two more', async () => {
    expect(await prove('agent', 'deploy', '-t', 'web1', '--file', file)).toMatchObject({ exit: 0 })
    expect(await outcome('plan', 'site.yml')).toBe('changed')
    expect(await outcome('apply', 'site.yml')).toBe('changed')
    expect(readFileSync(join(host.root, 'etc/prove-test'), 'utf8')).toBe('by an agent\n')
    expect(await outcome('apply', 'site.yml')).toBe('ok')
  })

  it('keeps its keys and its configuration to itself', async () => {
    const modes = await host.run('stat -c "%a %n" /etc/prove-agent/agent.json /var/lib/prove-agent/agent.key')
    expect(modes).toBe('600 /etc/prove-agent/agent.json\n600 /var/lib/prove-agent/agent.key\n')
    // The word that let it in is used, and gone.
    expect(await host.run('ls /var/lib/prove-agent')).not.toContain('join-token')
  })

  it.each(
    needy.flatMap(({ name, examples = [] }) =>
      examples.map((example) => [`${name}: ${example.title}`, example] as const),
    ),
  )('brings about what only an agent can: %s', async (_title, example) => {
    place.write('example.yml', example.states)
    expect(await outcome('apply', 'example.yml')).toBe('changed')
    expect(await outcome('apply', 'example.yml')).toBe('ok')
  })

  it('is left alone where it is as it should be', async () => {
    const { stdout } = await prove('agent', 'deploy', '--file', file)
    expect(stdout).toMatch(/= ok {2}1 skipped, 3 ok/)
  })

  it.each([
    ['listens where its target says', { address: 'zmq://HOST:4510' }, [], 'zmq://0.0.0.0:4510'],
    ['dials where it is told to', { listen: 'tcp://0.0.0.0:4520' }, ['--dial', 'tcp://MASTER:4520'], undefined],
    ['listens at the usual place again', {}, [], 'tcp://0.0.0.0:4505'],
  ] as const)('%s', async (_title, options, words, listening) => {
    const put = (text: string): string => text.replace('HOST', host.address).replace('MASTER', lab.controller)
    const own = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, put(value)]))
    configure({ ...own, ssh: { config: lab.sshConfig } })
    expect(await prove('agent', 'deploy', '--file', file, ...words.map(put))).toMatchObject({ exit: 0 })
    const config = JSON.parse(await host.run('cat /etc/prove-agent/agent.json'))
    expect(config.listen).toEqual(listening === undefined ? undefined : [listening])
    expect(await outcome('apply', 'site.yml')).toBe('ok')
  })

  it('comes back after the host has booted', async () => {
    await host.stop()
    await host.start()
    // A host answers before all of its services do.
    await host.run('until journalctl -b -u prove-agent -o cat | grep -q "^listening"; do sleep 0.1; done')
    expect(await outcome('apply', 'site.yml')).toBe('ok')
  })

  it('is one that another master does not speak with, nor it with that one', async () => {
    const { exit, stdout } = await place.start(['ping'], { PROVE_KEYS: place.path('other-keys') }).ended
    expect(exit).toBe(3)
    expect(stdout).toMatch(/refused|waits to be accepted|does not obey/)
    expect(await host.run('journalctl -u prove-agent -o cat')).toMatch(/does not obey the master SHA256:/)
  })

  it('is not spoken with once its key was revoked', async () => {
    expect(await prove('keys', 'revoke', 'web1')).toMatchObject({ exit: 0 })
    const { exit, stdout } = await prove('ping')
    expect(exit).toBe(3)
    expect(stdout).toMatch(/revoked/)
  })
})
