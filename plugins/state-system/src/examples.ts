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

/** Of `sysctl.value`. */
export const sysctlValueExamples: readonly Example[] = [
  {
    title: 'A host that forwards',
    states: `forwarding:
  sysctl.value: { name: net.ipv4.ip_forward, value: 1 }
`,
  },
  {
    title: 'Several numbers, in a file of its own',
    states: `ports:
  sysctl.value:
    name: net.ipv4.ip_local_port_range
    value: 20000 60999
    file: 60-ports
`,
  },
]

/** Of `sysctl.absent`. */
export const sysctlAbsentExamples: readonly Example[] = [
  {
    title: 'No longer set at boot',
    states: `no_forwarding:
  sysctl.absent: net.ipv4.ip_forward
`,
    host: 'echo "net.ipv4.ip_forward = 1" >/etc/sysctl.d/90-prove.conf',
  },
]

/** Of `kernel.module`. */
export const kernelModuleExamples: readonly Example[] = [
  {
    title: 'Loaded, now and at every boot',
    states: `bridges:
  kernel.module: br_netfilter
`,
    // A host of the lab has no modules of its own: here its kernel has this one built in.
    host: 'mkdir -p /lib/modules/$(uname -r); echo kernel/net/bridge/br_netfilter.ko >/lib/modules/$(uname -r)/modules.builtin',
  },
  {
    title: 'Kept out',
    states: `no_floppy:
  kernel.module: { name: floppy, blacklisted: true }
`,
  },
]

/** Of `system.hostname`. */
export const hostnameExamples: readonly Example[] = [
  {
    title: 'Its name, and what it means to itself',
    states: `name:
  system.hostname: web-1
`,
  },
]

/** Of `system.timezone`. */
export const timezoneExamples: readonly Example[] = [
  {
    title: 'Vienna',
    states: `time_zone:
  system.timezone: Europe/Vienna
`,
  },
]

/** Of `system.locale`. */
export const localeExamples: readonly Example[] = [
  {
    title: 'There for those who want it',
    states: `french:
  system.locale: fr_FR.UTF-8
`,
  },
  {
    title: 'The language of the host',
    states: `language:
  system.locale: { name: de_AT.UTF-8, default: true }
`,
  },
]

/** Of `system.reboot`. */
export const rebootExamples: readonly Example[] = [
  {
    title: 'After a change that only a boot brings into effect',
    states: `console:
  file.managed:
    path: /etc/modprobe.d/no-floppy.conf
    content: |
      blacklist floppy
  notify: boot

boot:
  system.reboot: { within: 300 }
`,
  },
]

/** Of `net.wait`. */
export const waitExamples: readonly Example[] = [
  {
    title: 'Until a port answers, before what needs it',
    states: `service:
  cmd.run: systemd-run --unit=web --working-directory=/srv python3 -m http.server 8080
  creates: /run/systemd/transient/web.service

port:
  net.wait: { port: 8080, within: 30 }
  requires: service
`,
  },
  {
    title: 'Until a page is there, and a file is gone',
    states: `server:
  cmd.run: systemd-run --unit=site --working-directory=/srv python3 -m http.server 8081
  creates: /run/systemd/transient/site.service

page:
  net.wait: { url: "http://localhost:8081/", status: 200 }
  requires: server

no_upgrade:
  net.wait: { file: /run/upgrade-is-running, absent: true, within: 600 }
`,
  },
]
