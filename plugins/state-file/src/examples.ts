import type { Example } from '@prove/core'

/** Of `file.managed`. */
export const managedExamples: readonly Example[] = [
  {
    title: 'Content in the state',
    states: `motd:
  file.managed:
    path: /etc/motd
    content: |
      This host is kept by Prove. Changes by hand will be undone.
    mode: "0644"
`,
  },
  {
    title: 'A template of the catalog',
    states: `welcome_page:
  file.managed:
    path: /srv/www/index.html
    source: prove://index.html.njk
    create_parents: true
`,
    files: { 'index.html.njk': '<h1>{{ facts.hostname }}</h1>\n<p>{{ facts.os }}</p>\n' },
  },
  {
    title: 'A script, checked before it takes the place of the old one',
    states: `backup_script:
  file.managed:
    path: /usr/local/bin/backup-www
    content: |
      #!/bin/sh
      exec tar -czf /var/backups/www.tar.gz -C /srv www
    mode: "0755"
    validate: sh -n %s
    backup: true
`,
  },
  {
    title: 'A secret, which no output shows',
    states: `database_password:
  file.managed:
    path: /etc/app/database.env
    content: |
      DATABASE_PASSWORD=change-me
    owner: root
    mode: "0600"
    secret: true
    create_parents: true
`,
  },
]

/** Of `file.directory`. */
export const directoryExamples: readonly Example[] = [
  {
    title: 'With owner and mode',
    states: `web_root:
  file.directory:
    path: /srv/www
    owner: root
    group: www-data
    mode: "2775"
`,
  },
  {
    title: 'With the directories above it',
    states: `releases:
  file.directory: { path: /srv/app/shared/releases, create_parents: true }
`,
  },
]

/** Of `file.link`. */
export const linkExamples: readonly Example[] = [
  {
    title: 'The time zone of the host',
    states: `time_zone:
  file.link: { path: /etc/localtime, target: /usr/share/zoneinfo/Europe/Vienna }
`,
  },
  {
    title: 'The release in use',
    states: `release:
  file.directory: { path: /srv/app/releases/42, create_parents: true }

current:
  file.link: { path: /srv/app/current, target: releases/42 }
  requires: release
`,
  },
]

/** Of `file.absent`. */
export const absentExamples: readonly Example[] = [
  {
    title: 'No file there',
    states: `no_motd:
  file.absent: /etc/motd
`,
  },
  {
    title: 'A directory with all that is in it',
    states: `no_dynamic_motd:
  file.absent: { path: /etc/update-motd.d, recurse: true }
`,
  },
]
