import { accountGround } from '../beside/account-ground.js'
import { type AccountCase, accountCases, groupsOf, hash, is, passwd, shadow } from './account-cases.js'

const cases: readonly AccountCase[] = [
  {
    title: 'a user, with what useradd gives it',
    states: 'alice:\n  user.present: alice\n',
    after: [
      is('getent passwd alice | cut -d: -f1,6,7', 'alice:/home/alice:/bin/sh'),
      groupsOf('alice', 'alice'),
      '[ -f /home/alice/.profile ]',
      is('stat -c %U:%G /home/alice', 'alice:alice'),
      shadow('alice', 2, '!'),
    ],
  },
  {
    title: 'a user with all that can be said',
    before: 'groupadd -g 3000 staff2; groupadd extra',
    states: `bob:
  user.present:
    name: bob
    uid: 3001
    group: staff2
    groups: [extra, games]
    home: /srv/homes/bob
    shell: /bin/bash
    comment: Bob "the builder" O'Neil, Größe ☃
    password: ${hash}
    expires: "2031-02-28"
    password_max_days: 90
    password_min_days: 1
    password_warn_days: 14
`,
    after: [
      passwd('bob', `3001:3000:Bob "the builder" O'Neil, Größe ☃:/srv/homes/bob:/bin/bash`),
      groupsOf('bob', 'extra games staff2'),
      shadow('bob', 2, hash),
      shadow('bob', 8, '22338'),
      is('grep ^bob: /etc/shadow | cut -d: -f4-6', '1:90:14'),
      is('stat -c %U:%G /srv/homes/bob/.bashrc', 'bob:staff2'),
    ],
  },
  {
    title: 'a system user without a home',
    states: 'svc:\n  user.present: { name: svc, system: true, shell: /usr/sbin/nologin }\n',
    after: ['[ "$(id -u svc)" -lt 1000 ]', '! [ -e /home/svc ]', '[ "$(id -gn svc)" = svc ]'],
  },
  {
    title: 'a system user with a home',
    states: 'svc2:\n  user.present: { name: svc2, system: true, home: /srv/svc2, create_home: true }\n',
    after: [is('stat -c %U:%G /srv/svc2', 'svc2:svc2')],
  },
  {
    title: 'a user whose home is there already, which stays as it is',
    before: 'mkdir /home/early; echo mine >/home/early/file',
    states: 'early:\n  user.present: early\n',
    after: [is('cat /home/early/file', 'mine'), is('stat -c %U /home/early', 'root')],
  },
  {
    title: 'a user for whom a group of its name is waiting',
    before: 'groupadd -g 3100 waiting',
    states: 'waiting:\n  user.present: waiting\n',
    after: [is('id -g waiting', '3100')],
  },
  {
    title: 'a user with a primary group by number',
    states: 'numbered:\n  user.present: { name: numbered, group: 60 }\n',
    after: [is('id -gn numbered', 'games')],
  },
  {
    title: 'a user without a home',
    states: 'homeless:\n  user.present: { name: homeless, create_home: false }\n',
    after: ['! [ -e /home/homeless ]'],
  },
  {
    title: 'names with a dot, a dash and capitals',
    states: 'a:\n  user.present: First.Last-2\nb:\n  user.present: _x\n',
    after: ['id First.Last-2', 'id _x'],
  },
  {
    title: 'a user that is as declared',
    before: 'useradd -m -s /bin/bash -c Carol -G games carol',
    states:
      'carol:\n  user.present: { name: carol, shell: /bin/bash, comment: Carol, groups: [games], home: /home/carol }\n',
    outcome: 'ok',
  },
  {
    title: 'another shell and comment',
    states: 'carol:\n  user.present: { name: carol, shell: /bin/sh, comment: "Carol, 2nd floor" }\n',
    after: [is('getent passwd carol | cut -d: -f5,7', 'Carol, 2nd floor:/bin/sh')],
  },
  {
    title: 'no comment any more',
    states: 'carol:\n  user.present: { name: carol, comment: "" }\n',
    after: [is('getent passwd carol | cut -d: -f5', '')],
  },
  {
    title: 'one more group, beside those that it has',
    states: 'carol:\n  user.present: { name: carol, groups: [adm] }\n',
    after: [groupsOf('carol', 'adm carol games')],
  },
  {
    title: 'these groups and no others',
    states: 'carol:\n  user.present: { name: carol, groups: [adm, src], exclusive_groups: true }\n',
    after: [groupsOf('carol', 'adm carol src')],
  },
  {
    title: 'no groups at all',
    states: 'carol:\n  user.present: { name: carol, groups: [], exclusive_groups: true }\n',
    after: [groupsOf('carol', 'carol')],
  },
  {
    title: 'its primary group among its groups',
    states: 'carol:\n  user.present: { name: carol, groups: [carol] }\n',
    outcome: 'ok',
  },
  {
    title: 'another primary group, which the files in its home follow',
    states: 'carol:\n  user.present: { name: carol, group: users }\n',
    after: [is('id -gn carol', 'users'), is('stat -c %G /home/carol/.profile', 'users')],
  },
  {
    title: 'a group that an earlier state makes',
    states: 'g:\n  group.present: fresh\ncarol:\n  user.present: { name: carol, groups: [fresh] }\n',
    after: ['id -Gn carol | grep -w fresh'],
  },
  {
    title: 'a group that there is not',
    states: 'carol:\n  user.present: { name: carol, groups: [nosuch] }\n',
    outcome: 'failed',
    says: /there is no group "nosuch"/,
  },
  {
    title: 'another uid, which nobody has confirmed',
    states: 'carol:\n  user.present: { name: carol, uid: 3333 }\n',
    outcome: 'failed',
    says: /change_uid/,
    after: ['[ "$(id -u carol)" != 3333 ]'],
  },
  {
    title: 'another uid',
    states: 'carol:\n  user.present: { name: carol, uid: 3333, change_uid: true }\n',
    after: [is('id -u carol', '3333'), is('stat -c %u /home/carol/.profile', '3333')],
  },
  {
    title: 'a uid that somebody has',
    states: 'dave:\n  user.present: { name: dave, uid: 3333 }\n',
    outcome: 'failed',
    says: /the user "carol" has the uid 3333/,
    after: ['! getent passwd dave'],
  },
  {
    title: 'another uid while a process runs',
    before: 'setpriv --reuid carol --regid users --clear-groups sleep 1000 </dev/null >/dev/null 2>&1 & sleep 0.2',
    states: 'carol:\n  user.present: { name: carol, uid: 3334, change_uid: true }\n',
    outcome: 'failed',
    says: /running processes: sleep/,
  },
  {
    title: 'another home, to which its files are moved',
    before: 'pkill -KILL -u carol; echo kept >/home/carol/file',
    states: 'carol:\n  user.present: { name: carol, home: /srv/carol, move_home: true }\n',
    after: [
      is('cat /srv/carol/file', 'kept'),
      '! [ -e /home/carol ]',
      is('getent passwd carol | cut -d: -f6', '/srv/carol'),
    ],
  },
  {
    title: 'another home, which is a new one',
    states: 'carol:\n  user.present: { name: carol, home: /home/carol }\n',
    after: ['[ -f /srv/carol/file ]', '[ -f /home/carol/.profile ]', is('stat -c %U:%G /home/carol', 'carol:users')],
  },
  {
    title: 'a home that was lost',
    before: 'rm -rf /home/carol',
    states: 'carol:\n  user.present: { name: carol, create_home: true }\n',
    after: ['[ -f /home/carol/.profile ]', is('stat -c %U:%a /home/carol', 'carol:755')],
  },
  {
    title: 'a home below a file',
    states: 'dave:\n  user.present: { name: dave, home: /etc/hostname/dave }\n',
    outcome: 'failed',
    says: /is not a directory/,
    after: ['! getent passwd dave'],
  },
  {
    title: 'nothing but a name, of a user without a home',
    states: 'homeless:\n  user.present: homeless\n',
    outcome: 'ok',
    after: ['! [ -e /home/homeless ]'],
  },
]

accountCases('users', cases, { beside: accountGround('/srv/homes', '/srv/carol', '/srv/svc2') })
