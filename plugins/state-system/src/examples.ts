import type { Example } from '@prove/core'

const withCron = 'apt-get install -y cron'

/** Of `cron.entry`. */
export const cronEntryExamples: readonly Example[] = [
  {
    title: 'Every night',
    states: `backup:
  cron.entry:
    name: backup of the web folder
    hour: 3
    minute: 15
    command: tar -czf /var/backups/www.tar.gz -C /srv www
`,
    host: withCron,
  },
  {
    title: 'As another user, every five minutes of working days, with a variable of its own',
    states: `poll:
  cron.entry:
    name: poll
    user: nobodys
    minute: "*/5"
    hour: 8-17
    weekday: mon-fri
    command: /usr/local/bin/poll
    variables: { POLL_URL: "https://example.org/queue" }
`,
    host: withCron,
  },
  {
    title: 'In a file of /etc/cron.d',
    states: `at_boot:
  cron.entry:
    name: warm the cache
    file: app
    user: www-data
    special: reboot
    command: /srv/app/bin/warm-cache
`,
    host: withCron,
  },
]

/** Of `cron.variable`. */
export const cronVariableExamples: readonly Example[] = [
  {
    title: 'Where the output of the jobs of root goes',
    states: `mail_of_root:
  cron.variable: { name: MAILTO, value: admin@example.org, user: root }
`,
    host: withCron,
  },
]

/** Of `mount.mounted`. */
export const mountedExamples: readonly Example[] = [
  {
    title: 'A file system in memory',
    states: `cache:
  mount.mounted:
    path: /var/cache/app
    device: tmpfs
    fstype: tmpfs
    options: [size=16m, mode=0750, nosuid, nodev]
    create: true
`,
  },
  {
    title: 'A directory at another place as well',
    states: `www:
  mount.mounted:
    path: /srv/chroot/www
    device: /srv
    fstype: none
    options: bind
    create: true
`,
  },
]

const mountedHost =
  'mkdir -p /mnt/old; mount -t tmpfs tmpfs /mnt/old; echo "tmpfs /mnt/old tmpfs defaults 0 0" >>/etc/fstab'

/** Of `mount.unmounted`. */
export const unmountedExamples: readonly Example[] = [
  {
    title: 'For now',
    states: `no_old:
  mount.unmounted: /mnt/old
`,
    host: mountedHost,
  },
]

/** Of `mount.absent`. */
export const mountAbsentExamples: readonly Example[] = [
  {
    title: 'For good',
    states: `no_old:
  mount.absent: /mnt/old
`,
    host: mountedHost,
  },
]
