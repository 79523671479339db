import { accountGround } from '../beside/account-ground.js'
import { type AccountCase, accountCases, hash, is, otherHash, shadow } from './account-cases.js'

const passwords: readonly AccountCase[] = [
  {
    title: 'a password of a user that has none',
    states: `alice:\n  user.present: { name: alice, password: "${hash}" }\n`,
    after: [shadow('alice', 2, hash)],
  },
  {
    title: 'another hash',
    states: `alice:\n  user.present: { name: alice, password: "${otherHash}" }\n`,
    after: [shadow('alice', 2, otherHash)],
  },
  {
    title: 'the same hash',
    states: `alice:\n  user.present: { name: alice, password: "${otherHash}" }\n`,
    outcome: 'ok',
  },
  {
    title: 'a password that the user has changed since',
    states: `alice:\n  user.present: { name: alice, password: "${hash}", password_once: true }\n`,
    outcome: 'ok',
    after: [shadow('alice', 2, otherHash)],
  },
  {
    title: 'a lock',
    states: 'alice:\n  user.present: { name: alice, locked: true }\n',
    after: [shadow('alice', 2, `!${otherHash}`)],
  },
  {
    title: 'another hash behind a lock that nobody speaks of',
    states: `alice:\n  user.present: { name: alice, password: "${hash}" }\n`,
    after: [shadow('alice', 2, `!${hash}`)],
  },
  {
    title: 'no lock',
    states: 'alice:\n  user.present: { name: alice, locked: false }\n',
    after: [shadow('alice', 2, hash)],
  },
  {
    title: 'a hash and a lock at once',
    states: `alice:\n  user.present: { name: alice, locked: true, password: "${otherHash}" }\n`,
    after: [shadow('alice', 2, `!${otherHash}`)],
  },
  {
    title: 'no lock for someone without a password',
    states: 'svc:\n  user.present: { name: svc, locked: false }\n',
    outcome: 'failed',
    says: /has no password/,
    after: [shadow('svc', 2, '!')],
  },
  {
    title: 'a new user, locked',
    states: `eve:\n  user.present: { name: eve, password: "${hash}", locked: true }\n`,
    after: [shadow('eve', 2, `!${hash}`)],
  },
  {
    title: 'no password at all',
    states: 'eve:\n  user.present: { name: eve, password: "*", locked: false }\n',
    after: [shadow('eve', 2, '*')],
  },
  {
    title: 'an end',
    states: 'alice:\n  user.present: { name: alice, expires: "2030-01-01" }\n',
    after: [shadow('alice', 8, '21915')],
  },
  {
    title: 'no end, and other days',
    states: 'alice:\n  user.present: { name: alice, expires: never, password_max_days: 60, password_warn_days: 0 }\n',
    after: [shadow('alice', 8, ''), is('grep ^alice: /etc/shadow | cut -d: -f5-6', '60:0')],
  },
]

const groups: readonly AccountCase[] = [
  { title: 'a group', states: 'g:\n  group.present: crew\n', after: ['getent group crew'] },
  {
    title: 'a group with a number',
    states: 'g:\n  group.present: { name: crew2, gid: 4000 }\n',
    after: [is('getent group crew2', 'crew2:x:4000:')],
  },
  {
    title: 'a group of the system',
    states: 'g:\n  group.present: { name: crew3, system: true }\n',
    after: ['[ "$(getent group crew3 | cut -d: -f3)" -lt 1000 ]'],
  },
  {
    title: 'members, beside those that are there',
    before: 'gpasswd -a games crew2',
    states: 'g:\n  group.present: { name: crew2, members: [alice, bob] }\n',
    after: [is('getent group crew2 | cut -d: -f4', 'games,alice,bob')],
  },
  {
    title: 'these members and no others',
    states: 'g:\n  group.present: { name: crew2, members: [bob], exclusive: true }\n',
    after: [is('getent group crew2 | cut -d: -f4', 'bob')],
  },
  {
    title: 'no members',
    states: 'g:\n  group.present: { name: crew2, members: [], exclusive: true }\n',
    after: [is('getent group crew2 | cut -d: -f4', '')],
  },
  {
    title: 'a member that there is not',
    states: 'g:\n  group.present: { name: crew2, members: [nosuch] }\n',
    outcome: 'failed',
    says: /there is no user "nosuch"/,
  },
  {
    title: 'a member that an earlier state makes',
    states: 'u:\n  user.present: frank\ng:\n  group.present: { name: crew4, members: [frank] }\n',
    after: [is('getent group crew4 | cut -d: -f4', 'frank')],
  },
  {
    title: 'another number, which nobody has confirmed',
    states: 'g:\n  group.present: { name: crew2, gid: 7001 }\n',
    outcome: 'failed',
    says: /change_gid/,
  },
  {
    title: 'another number',
    states: 'g:\n  group.present: { name: crew2, gid: 7001, change_gid: true }\n',
    after: [is('getent group crew2 | cut -d: -f3', '7001')],
  },
  {
    title: 'a number that a group has',
    states: 'g:\n  group.present: { name: crew5, gid: 7001 }\n',
    outcome: 'failed',
    says: /the group "crew2" has the gid 7001/,
  },
  { title: 'no group', states: 'g:\n  group.absent: crew2\n', after: ['! getent group crew2'] },
  { title: 'no group, where there is none', states: 'g:\n  group.absent: crew2\n', outcome: 'ok' },
  {
    title: 'no group, which is the primary one of a user',
    states: 'g:\n  group.absent: alice\n',
    outcome: 'failed',
    says: /primary group of alice/,
  },
]

const removals: readonly AccountCase[] = [
  {
    title: 'no user, whose files stay',
    states: 'u:\n  user.absent: eve\n',
    after: ['! getent passwd eve', '! getent group eve', '[ -d /home/eve ]'],
  },
  { title: 'no user, where there is none', states: 'u:\n  user.absent: eve\n', outcome: 'ok' },
  {
    title: 'no user, nor its home and mail',
    before: 'echo mail >/var/mail/frank; chown frank /var/mail/frank',
    states: 'u:\n  user.absent: { name: frank, remove_home: true }\n',
    after: [
      '! getent passwd frank',
      '! [ -e /home/frank ]',
      '! [ -e /var/mail/frank ]',
      '[ -z "$(getent group crew4 | cut -d: -f4)" ]',
    ],
  },
  {
    title: 'a home that belongs to somebody else',
    states: 'u:\n  user.absent: { name: early, remove_home: true }\n',
    outcome: 'failed',
    says: /belongs to "root"/,
    after: ['getent passwd early', '[ -f /home/early/file ]'],
  },
  {
    title: 'a user with processes',
    before:
      'useradd -m busy; setpriv --reuid busy --regid busy --clear-groups sleep 1000 </dev/null >/dev/null 2>&1 & sleep 0.2',
    states: 'u:\n  user.absent: { name: busy }\n',
    outcome: 'failed',
    says: /running processes: sleep \(\d+\); end_processes/,
    after: ['getent passwd busy', 'pgrep -u busy'],
  },
  {
    title: 'a user with processes, which are ended',
    states: 'u:\n  user.absent: { name: busy, end_processes: true, remove_home: true }\n',
    after: ['! getent passwd busy', '! pgrep sleep', '! [ -e /home/busy ]'],
  },
  {
    title: 'a user that goes and comes again',
    states: 'u:\n  user.absent: homeless\nv:\n  user.present: { name: homeless2 }\n',
    after: ['! getent passwd homeless', 'getent passwd homeless2'],
  },
]

const background: readonly AccountCase[] = [
  {
    title: 'whom the others are about',
    before: 'useradd bob; useradd -M homeless; mkdir /home/early; echo mine >/home/early/file; useradd -M early',
    states: 'alice:\n  user.present: alice\nsvc:\n  user.present: { name: svc, system: true }\n',
  },
]

accountCases('passwords, groups and removals', [...background, ...passwords, ...groups, ...removals], {
  beside: accountGround(),
})
