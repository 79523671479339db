import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoLab } from '../hosts/lab.js'
import { ManagedHost, type Told } from '../hosts/managed-host.js'
import { skipOrFail } from '../shells.js'
import { accountCases, hash, otherHash } from './account-cases.js'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs key1'

/** Everything about somebody new, each state on what those before it make. */
const newcomer = `
crew:
  group.present: crew
ann:
  user.present: { name: ann, groups: [crew], shell: /bin/bash, password: "${hash}", expires: "2031-01-01" }
captain:
  group.present: { name: captains, members: [ann] }
key:
  ssh.authorized_key: { user: ann, key: ${key} }
again:
  ssh.authorized_key: { user: ann, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/ysE22i7113r19inurjQI9Yq+b25V88+leiLmSYcfh key2 }
config:
  file.managed: { path: /home/ann/.ssh/config, content: "Host *", owner: ann, group: ann, mode: "0600" }
profile:
  file.managed: { path: /home/ann/.profile, content: "umask 022", owner: ann, group: crew }
bare:
  user.present: { name: ann, comment: Ann, locked: true }
`

const changesOf = ({ lines }: Told): readonly unknown[] =>
  lines.map(({ state, outcome, changes }) => [
    state,
    outcome === 'would-change' ? 'changed' : outcome,
    // What is written is told with a diff once it is known which bytes those are.
    changes.map(({ field, from, to }) => (field === 'content' ? [field] : [field, from, to])),
  ])

describe('accounts, on a host', () => {
  const missing = whyNoLab()
  if (missing !== undefined) return it('all of it', (ctx) => skipOrFail(ctx, missing))
  let host: ManagedHost
  beforeAll(async () => {
    host = await ManagedHost.boot()
  })
  afterAll(() => host?.close())

  it('somebody new is foretold for sure, and comes so', async () => {
    const plan = await host.plan({ states: newcomer })
    expect(plan.lines.map(({ state, confidence }) => [state, confidence])).toEqual(
      plan.lines.map(({ state }) => [state, 'sure']),
    )
    const applied = await host.apply({ states: newcomer })
    expect(changesOf(plan)).toEqual(changesOf(applied))
    expect((await host.apply({ states: newcomer })).summary.outcome).toBe('ok')
  })

  it('what is there is looked at in one round trip behind that for facts, homes too', async () => {
    expect((await host.plan({ states: newcomer })).summary.roundTrips).toBe(2)
  })

  it('a hash is in no event, no list of processes, no environment and no log', async () => {
    await host.run(`
mv /usr/sbin/chpasswd /usr/sbin/chpasswd.real
cat >/usr/sbin/chpasswd <<'SH'
#!/bin/sh
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ >/srv/processes
exec chpasswd.real "$@"
SH
chmod 755 /usr/sbin/chpasswd`)
    const states = `u:\n  user.present: { name: ann, password: "${otherHash}" }\n`
    const told = [await host.plan({ states }), await host.apply({ states }), await host.apply({ states })]
    expect(told.map(({ summary }) => summary.outcome)).toEqual(['changed', 'changed', 'ok'])
    const all = JSON.stringify(told)
    for (const secret of [hash, otherHash, otherHash.slice(0, 20)]) expect(all).not.toContain(secret)
    // The line that sets it, to see that the list was made while it was set.
    expect(await host.run("tr '\\0' '\\n' </srv/processes | grep -c chpasswd")).not.toBe('0\n')
    expect(await host.run(`grep -cF '${otherHash.slice(0, 20)}' /srv/processes || :`)).toBe('0\n')
    expect(
      await host.run(`grep -rlF '${otherHash.slice(0, 20)}' /var/log /var/lib/prove /run /tmp /var/tmp || :`),
    ).toBe('')
  })

  it('a failing command shows its own words', async () => {
    await host.run('mv /usr/sbin/chpasswd.real /usr/sbin/chpasswd; ln /etc/passwd /etc/passwd.lock')
    const { lines } = await host.apply({
      states: 'g:\n  group.present: later\nu:\n  user.present: { name: ann, comment: X }\n',
    })
    await host.run('rm /etc/passwd.lock')
    expect(lines.find(({ state }) => state === 'site:u')?.reason).toMatch(/exit 1: .*cannot lock \/etc\/passwd/)
  })

  it('a link that comes while the key is written leads nowhere', async () => {
    // The directory that was looked at is another one by the time of the step.
    await host.run(`
useradd -m kim; mkdir /srv/trap; cp -r /root/.ssh /srv/of-root
mv /usr/bin/setpriv /usr/bin/setpriv.real
cat >/usr/bin/setpriv <<'SH'
#!/bin/sh
case "$*" in *user_file*) rm -rf /home/kim/.ssh; ln -s /root/.ssh /home/kim/.ssh;; esac
exec setpriv.real "$@"
SH
chmod 755 /usr/bin/setpriv; install -d -o kim -m 700 /home/kim/.ssh`)
    const { lines } = await host.apply({ states: `k:\n  ssh.authorized_key: { user: kim, key: ${key} }\n` })
    await host.run('mv /usr/bin/setpriv.real /usr/bin/setpriv')
    expect(lines[0]?.outcome).toBe('failed')
    await host.run('diff -r /root/.ssh /srv/of-root')
  })
})

const page = readFileSync(new URL('../../docs/users.md', import.meta.url), 'utf8')

accountCases(
  'the page on users',
  [...page.matchAll(/```yml\n([^]*?)```/g)].map(([, states = ''], i) => ({ title: `state ${i + 1}`, states })),
)
