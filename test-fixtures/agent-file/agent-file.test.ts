import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProveEvent, TargetSummary } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Lab, whyNoLab } from '../hosts/lab.js'
import type { LabHost } from '../hosts/lab-host.js'
import { skipOrFail } from '../shells.js'
import { MadeAgent } from './made-agent.js'

const reason = whyNoLab()

/** A line that the entry prints. */
type Line = ProveEvent | { readonly type: 'ready' } | { readonly type: 'applied'; readonly summary: TargetSummary }

const linesOf = (text: string): readonly Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

const summaryOf = (text: string): TargetSummary | undefined =>
  linesOf(text).find((line) => line.type === 'applied')?.summary

const asked = JSON.stringify({
  states: [
    { id: 'folder', fn: 'file.directory', args: { path: '/srv/agent' } },
    { id: 'file', fn: 'file.managed', args: { path: '/srv/agent/file', content: 'grün\n', mode: '0640' } },
    { id: 'command', fn: 'cmd.run', args: { command: 'id -u >/srv/agent/who' } },
  ],
})

describe('the agent as one file, on a host without Node', () => {
  if (reason !== undefined) return it('runs', (ctx) => skipOrFail(ctx, reason))
  const made = new MadeAgent()
  let lab: Lab
  let host: LabHost
  beforeAll(async () => {
    lab = await Lab.open()
    const [first] = await lab.boot(1)
    host = first ?? expect.fail('the lab has no host')
    copyFileSync(made.file('agent'), join(host.root, 'root/agent'))
  })
  afterAll(async () => {
    await lab.close()
    made.remove()
  })

  it('applies states, and finds them applied', async () => {
    await expect(host.run('command -v node')).rejects.toThrow()
    expect(summaryOf(await host.run('/root/agent apply', asked))).toMatchObject({ outcome: 'changed', changed: 3 })
    expect(await host.run('cat /srv/agent/file /srv/agent/who; stat -c %a /srv/agent/file')).toBe('grün\n0\n640\n')
    const again = await host.run('/root/agent apply', asked)
    expect(summaryOf(again)).toMatchObject({ ok: 2, changed: 1 })
    expect(linesOf(again)).toContainEqual(expect.objectContaining({ state: 'spike:file', outcome: 'ok' }))
  })

  const works = { tls: { protocol: 'TLSv1.3', pinned: true }, child: 'from a shell', zmq: 'over ZeroMQ' }

  it('has TLS over any stream, shells, and native code', async () => {
    expect(JSON.parse(await host.run('/root/agent probe'))).toMatchObject(works)
  })

  it('loads native code where most folders may not run any, and leaves none of it behind', async () => {
    await host.run('mount -t tmpfs -o noexec none /tmp && mount -t tmpfs -o noexec none /mnt')
    const probed = await host.run('STATE_DIRECTORY=/mnt /root/agent probe')
    expect(JSON.parse(probed)).toMatchObject(works)
    expect(await host.run("find / -xdev -name '*.node'; ls -A /mnt /tmp /dev/shm /var/tmp | grep prove || :")).toBe('')
  })

  it('is no Node that an environment gives orders to', async () => {
    expect(linesOf(await host.run('NODE_OPTIONS=--require=/nonexistent.js /root/agent apply </dev/null'))).toEqual([
      expect.objectContaining({ type: 'ready' }),
    ])
  })

  it('tells the licences of all that it is made of', async () => {
    const told = await host.run('/root/agent --licenses')
    for (const words of ['Node.js is licensed', 'OpenSSL', 'zod 4', 'tapable 2', 'zeromq 6', 'libzmq']) {
      expect(told).toContain(words)
    }
  })

  it('is the same, made of the same', () => {
    expect(readFileSync(made.file('again', { fresh: true })).equals(readFileSync(made.file('agent')))).toBe(true)
  })
})
