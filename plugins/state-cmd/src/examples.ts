import type { Example } from '@prove/core'

/** Of `cmd.run`. */
export const runExamples: readonly Example[] = [
  {
    title: 'Make a file once',
    states: `session_key:
  cmd.run: umask 077; head -c 32 /dev/urandom >/etc/session.key
  creates: /etc/session.key
`,
  },
  {
    title: 'Unless a check succeeds',
    states: `deploy_user:
  fn: cmd.run
  command: [useradd, --system, --home-dir, /srv/app, --shell, /usr/sbin/nologin, deploy]
  unless: getent passwd deploy
`,
  },
  {
    title: 'Only when something else changed',
    states: `local_libraries:
  file.managed:
    path: /etc/ld.so.conf.d/local-lib.conf
    content: |
      /usr/local/lib
  notify: linker_cache

linker_cache:
  cmd.run: ldconfig
  lazy: true
`,
  },
  {
    title: 'A command that tells whether it changed something',
    states: `migrate:
  - fn: file.managed
    path: /srv/app/migrate
    source: prove://migrate.sh
    mode: "0755"
    create_parents: true
  - fn: cmd.run
    command: [/srv/app/migrate, --to, "3"]
    changed_when: { stdout: "applied [1-9]" }
    failed_when: { exit: [2, 3] }
`,
    files: {
      'migrate.sh': `#!/bin/sh
# Brings the data to a version, and says how many steps that took.
cd /srv/app || exit 2
now=$(cat version 2>/dev/null || echo 0)
echo "$2" >version || exit 3
echo "applied $(($2 - now))"
`,
    },
  },
]
