import type { Example } from '@prove/core'

/** Of `user.present`. */
export const userPresentExamples: readonly Example[] = [
  {
    title: 'A person',
    states: `alice:
  user.present:
    name: alice
    comment: Alice Öberg
    shell: /bin/bash
    groups: [adm, sudo]
    password: $6$d0Nq1uTzRk$9vS0zG5mF2sYhXbM7wLcQeRtUiOpAsDfGhJkLzXcVbNmQwErTyUiOp1234567890AbCdEfGhIjKlMnOpQ.
    password_once: true
`,
  },
  {
    title: 'A user for a service, which nobody logs in as',
    states: `app:
  user.present:
    name: app
    system: true
    home: /srv/app
    create_home: true
    shell: /usr/sbin/nologin
`,
  },
  {
    title: 'Someone who leaves at the end of the year',
    host: 'useradd --create-home bob\n',
    states: `bob:
  user.present:
    name: bob
    locked: true
    expires: "2027-01-01"
    groups: []
    exclusive_groups: true
`,
  },
]

/** Of `user.absent`. */
export const userAbsentExamples: readonly Example[] = [
  {
    title: 'With all that is theirs',
    host: 'useradd --create-home mallory\n',
    states: `mallory:
  user.absent:
    name: mallory
    remove_home: true
    end_processes: true
`,
  },
]

/** Of `group.present`. */
export const groupPresentExamples: readonly Example[] = [
  {
    title: 'A group and who is in it',
    states: `deployers:
  - user.present: alice
  - group.present:
      name: deployers
      members: [alice]
`,
  },
  {
    title: 'Nobody but these',
    states: `administrators:
  group.present: { name: adm, members: [root], exclusive: true }
`,
  },
]

/** Of `group.absent`. */
export const groupAbsentExamples: readonly Example[] = [
  {
    title: 'No such group',
    host: 'groupadd interns\n',
    states: `interns:
  group.absent: interns
`,
  },
]

/** Of `ssh.authorized_key`. */
export const authorizedKeyExamples: readonly Example[] = [
  {
    title: 'A user and who logs in as it',
    states: `alice:
  - user.present: alice
  - ssh.authorized_key:
      user: alice
      key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA+A2qOZOlcn9kBzHR55YKnJDoREFnIugzfhiMjY9a6V alice@laptop
`,
  },
  {
    title: 'A key that may do one thing only, and no other',
    host: 'useradd --create-home backup-box\n',
    states: `backup_key:
  ssh.authorized_key:
    user: backup-box
    key: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMvfRWHHav4UZ0lBAcyGVJO1d564UrnC5ZMWIlWXnQmO deploy]
    options: [restrict, 'command="/usr/local/bin/backup"']
    exclusive: true
`,
  },
]

/** Of `ssh.known_host`. */
export const knownHostExamples: readonly Example[] = [
  {
    title: 'For all users',
    states: `git_server:
  ssh.known_host:
    host: git.example.org
    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGHvPDXmKLH/xMmLp3E0mfsrTCPwwmgDmv/q7O+3qfmc
`,
  },
  {
    title: 'A host that is gone',
    host: 'echo "old.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGHvPDXmKLH/xMmLp3E0mfsrTCPwwmgDmv/q7O+3qfmc" >>/root/.ssh/known_hosts\n',
    states: `old_server:
  ssh.known_host: { host: old.example.org, user: root, absent: true }
`,
  },
]

/** Of `sudo.rule`. */
export const sudoRuleExamples: readonly Example[] = [
  {
    title: 'One command, without a password',
    states: `deploy_may_reload:
  sudo.rule:
    name: deploy
    user: "%www-data"
    as: root
    commands: [/usr/bin/systemctl reload nginx]
    nopasswd: true
`,
  },
  {
    title: 'Lines as they are',
    states: `administrators:
  sudo.rule:
    name: administrators
    content: |
      Defaults:%adm timestamp_timeout=5
      %adm ALL = (ALL:ALL) ALL
`,
  },
]
