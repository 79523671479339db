import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { cpus, networkInterfaces, tmpdir, totalmem, userInfo } from 'node:os'
import { join } from 'node:path'
import type { FactSource } from '@prove/core'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { LocalGround } from '../../../test-fixtures/local-session.js'
import { optionsOf, type TestShell, testShells } from '../../../test-fixtures/shells.js'
import plugin from './index.js'
import { disksSource } from './disks.js'
import { hostSource } from './host.js'
import type { Interface } from './interface.js'
import { nameSource } from './name.js'
import { networkSource } from './network.js'
import { usersSource } from './users.js'

const root = mkdtempSync(join(tmpdir(), 'prove-facts-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ground = new LocalGround()
const shells = testShells()

const ask = async (
  ctx: TestContext,
  shell: TestShell,
  sources: readonly FactSource[],
): Promise<Readonly<Record<string, unknown>>> => {
  const session = await ground.open(optionsOf(ctx, shell))
  const facts = await session.gatherFacts(sources)
  expect(session.roundTrips).toBe(2)
  await session.close()
  return facts
}

/** Without a program that would tell it at once. */
const networkOfFiles: FactSource = {
  ...networkSource,
  name: 'network-of-files',
  script: networkSource.script.replace('for p in ip /sbin/ip /usr/sbin/ip', 'for p in /nonexistent/ip'),
}

/** A df that never answers for one path, and the mounts that lead to it. */
const mounts = ['/dev/a / ext4 rw 0 0', '/dev/b /with\\040space%b xfs ro 0 0', 'proc /proc proc rw 0 0']
const distant = ['server:/far /far nfs4 rw 0 0', '/dev/c /a\\040b\\134c\\011d ext4 rw 0 0']
writeFileSync(join(root, 'mounts'), `${[...mounts, ...distant].join('\n')}\n`)
const df = `#!/bin/sh
for p do case $p in -*) ;; /far) exec sleep 1000;; *) printf '/dev/x 30 10 20 33%% %s\\n' "$p";; esac; done\n`
writeFileSync(join(root, 'df'), df, { mode: 0o755 })

const disksOfFiles: FactSource = {
  ...disksSource,
  name: 'disks-of-files',
  script: disksSource.script
    .replaceAll('/proc/self/mounts', join(root, 'mounts'))
    .replaceAll('df -P', `${join(root, 'df')} -P`),
}

const routes = [
  'Iface Destination Gateway Flags RefCnt Use Metric Mask MTU',
  '* 00000000 00000000 0200 0 0 0 00000000 0',
]
const vpn = ['tun0 00000000 0500080A 0003 0 0 0 00000080 0', 'eth0 00000000 0100000A 0003 0 0 9 00000000 0']
writeFileSync(join(root, 'route'), `${[...routes, ...vpn].join('\n')}\n`)

const networkOfVpn: FactSource = {
  ...networkSource,
  name: 'network-of-vpn',
  script: networkSource.script.replaceAll('/proc/net/route', join(root, 'route')),
}

describe.each(shells)('in $name', (shell) => {
  it('the default route is the whole one, that leads somewhere', async (ctx) => {
    const facts = await ask(ctx, shell, [networkOfVpn])
    expect(facts).toMatchObject({ defaultInterface: 'eth0', defaultGateway: '10.0.0.1' })
  })

  it('a server that is gone takes no more than its own sizes with it', async (ctx) => {
    const facts = await ask(ctx, shell, [disksOfFiles])
    const sizes = (facts['mounts'] as { path: string; size: number | null }[]).map(({ path, size }) => [path, size])
    expect(sizes).toEqual([
      ['/', 30_720],
      ['/with space%b', null],
      ['/proc', null],
      ['/far', null],
      ['/a b\\c\td', 30_720],
    ])
  })

  it('the host is what Node sees', async (ctx) => {
    const facts = await ask(ctx, shell, [hostSource])
    expect(facts).toMatchObject({
      cpus: cpus().length,
      memory: { total: totalmem(), swap: Number(/SwapTotal:\s+(\d+)/.exec(procFile('meminfo'))?.[1]) * 1024 },
    })
    if (cpus()[0]?.model !== 'unknown') expect(facts['cpuModel']).toBe(cpus()[0]?.model.trim())
    expect(hostSource.facts).toHaveProperty('init')
    expect(facts['init']).toMatch(/^[a-z0-9]+$/)
    expect(facts['virtualisation']).toMatch(/^[a-z]+$/)
    expect(facts['osName']).toBe(/^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1])
  })

  it.each([
    ['a program', networkSource],
    ['the files of the kernel', networkOfFiles],
  ])('the network is what Node sees, by %s', async (ctx, source) => {
    const facts = await ask(ctx as unknown as TestContext, shell, [source])
    const interfaces = facts['interfaces'] as Readonly<Record<string, Interface>>
    for (const [name, known] of Object.entries(networkInterfaces())) {
      for (const { address, cidr, family, mac } of known ?? []) {
        const prefix = Number(cidr?.split('/')[1])
        expect(interfaces[name]?.addresses).toContainEqual({ address, prefix, family: family.toLowerCase() })
        expect(interfaces[name]?.mac ?? '00:00:00:00:00:00').toBe(mac)
        expect(interfaces[name]?.up).toBe(true)
      }
    }
    expect(facts['dns']).toEqual({ servers: expect.any(Array) as unknown, search: expect.any(Array) as unknown })
  })

  it('the costly ones come together, in one round trip', async (ctx) => {
    const facts = await ask(ctx, shell, [disksSource, usersSource, nameSource])
    const { blocks, bsize } = statfsSync('/')
    expect(facts['mounts']).toContainEqual(expect.objectContaining({ path: '/', size: blocks * bsize }))
    expect(facts['blockDevices']).not.toBeNull()
    const { username, uid, gid, homedir } = userInfo()
    const users = facts['users'] as Readonly<Record<string, unknown>>
    expect(users[username]).toMatchObject({ uid, gid, home: homedir })
    expect(facts['groups']).toHaveProperty('root', { gid: 0, members: expect.any(Array) as unknown })
    expect(facts['fqdn'] ?? 'no.name').toMatch(/\./)
  })

  it('every source gives what it gives twice, and leaves the session sound', async (ctx) => {
    const sources = [hostSource, networkSource]
    // Other tests plug cables of their hosts into this machine meanwhile.
    const lasting = async () => {
      const { interfaces: _interfaces, addresses: _addresses, ...rest } = await ask(ctx, shell, sources)
      return rest
    }
    expect(await lasting()).toEqual(await lasting())
  })
})

const procFile = (name: string): string => readFileSync(`/proc/${name}`, 'utf8')

it('no fact has two sources, or the name of a basic one', async (ctx) => {
  expect(plugin.name).toBe('facts-host')
  const sources = [hostSource, networkSource, disksSource, usersSource, nameSource]
  const names = sources.flatMap(({ facts }) => Object.keys(facts))
  expect(new Set(names).size).toBe(names.length)
  const session = await ground.open(optionsOf(ctx, shells[0] ?? { name: 'none', options: undefined }))
  expect(names.filter((name) => name in session.facts)).toEqual([])
  await session.close()
})
