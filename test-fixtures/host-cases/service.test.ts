import { serviceGround } from '../beside/service-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

/** Text for a shell that makes a unit; and makes systemd read its units, as whoever made it by hand would. */
const unit = (name: string, ...lines: readonly string[]): string =>
  `cat >/etc/systemd/system/${name} <<'UNIT'\n${lines.join('\n')}\nUNIT\nsystemctl daemon-reload\n`

const install = ['[Install]', 'WantedBy=multi-user.target']

/** Notes in a file what happens to it. */
const noting = (name: string, ...more: readonly string[]): string =>
  `rm -f /srv/${name}.log; ${unit(
    `${name}.service`,
    '[Service]',
    `ExecStart=/bin/sh -c 'echo start >>/srv/${name}.log; exec sleep infinity'`,
    `ExecReload=/bin/sh -c 'echo reload >>/srv/${name}.log'`,
    ...more,
    ...install,
  )}`

const plain = (name: string, ...more: readonly string[]): string =>
  unit(`${name}.service`, '[Service]', 'ExecStart=/bin/sleep infinity', ...more, ...install)

/** All of these succeed. */
const all = (...commands: readonly string[]): string => commands.join(' && ')

/** What the log of a noting service holds, on one line. */
const noted = (name: string, words: string): string => `[ "$(echo $(cat /srv/${name}.log))" = "${words}" ]`

const active = (name: string): string => `systemctl -q is-active ${name}`

const threeFiles = `${[1, 2, 3]
  .map((n) => `file${n}:\n  file.managed: { path: /srv/conf${n}, content: "value {{ n }} ${n}\\n" }\n  notify: app\n`)
  .join('\n')}
app:
  service.running: noting
`

const cases: readonly HostCase[] = [
  {
    title: 'starts what is stopped',
    before: plain('plain'),
    states: 'app:\n  service.running: plain\n',
    after: all(active('plain'), '! systemctl -q is-enabled plain'),
  },
  {
    title: 'has nothing to do for what runs',
    states: 'app:\n  service.running: plain.service\n',
    outcome: 'ok',
  },
  {
    title: 'starts, and enables',
    before: plain('both'),
    states: 'app:\n  service.running: { name: both, enable: true }\n',
    after: all(active('both'), 'systemctl -q is-enabled both'),
  },
  {
    title: 'keeps it running, and disables it',
    states: 'app:\n  service.running: { name: both, enable: false }\n',
    after: all(active('both'), '! systemctl -q is-enabled both'),
  },
  {
    title: 'starts again what has failed',
    before: `${plain('failed')}systemctl start failed; systemctl kill -s KILL failed
while ! systemctl -q is-failed failed; do :; done`,
    states: 'app:\n  service.running: failed\n',
    after: active('failed'),
  },
  {
    title: 'fails where it dies at once, in its own words',
    before: unit('crash.service', '[Service]', "ExecStart=/bin/sh -c 'echo no database; exit 3'"),
    states: 'app:\n  service.running: crash\n',
    outcome: 'failed',
    isForeseen: false,
    says: /exit 3: .*exit status 3.*no database/,
  },
  {
    title: 'fails where it dies again and again',
    before: unit('loop.service', '[Service]', 'Restart=always', "ExecStart=/bin/sh -c 'echo no luck; exit 4'"),
    states: 'app:\n  service.running: loop\n',
    outcome: 'failed',
    isForeseen: false,
    says: /no luck/,
  },
  {
    title: 'fails where it never says that it is ready',
    before: unit('notify.service', '[Service]', 'Type=notify', "ExecStart=/bin/sh -c 'echo cannot bind >&2; exit 5'"),
    states: 'app:\n  service.running: notify\n',
    outcome: 'failed',
    isForeseen: false,
    says: /exit 1: Job for notify.service failed.*cannot bind/,
    isRaced: true,
  },
  {
    title: 'waits for one that takes its time',
    before: unit(
      'slow.service',
      '[Service]',
      'Type=oneshot',
      'RemainAfterExit=yes',
      'ExecStart=/bin/sleep 1',
      ...install,
    ),
    states: 'app:\n  service.running: slow\n',
    after: active('slow'),
  },
  {
    title: 'waits for one that must be started several times',
    before: unit(
      'third.service',
      '[Service]',
      'Restart=on-failure',
      "ExecStart=/bin/sh -c 'echo >>/run/tries; [ $(wc -l </run/tries) -ge 3 ] || exit 1; exec sleep infinity'",
      ...install,
    ),
    states: 'app:\n  service.running: { name: third, within: 30 }\n',
    after: active('third'),
    // Whether it is up when Ansible looks the second time is a matter of moments.
    isRaced: true,
  },
  {
    title: 'says that there is no such service',
    states: 'app:\n  service.running: nowhere\n',
    outcome: 'failed',
    says: /there is no service "nowhere"/,
  },
  {
    title: 'says that it is masked',
    before: 'systemctl -q mask veiled',
    states: 'app:\n  service.running: veiled\n',
    outcome: 'failed',
    says: /masked.*service.unmasked/,
  },
  {
    title: 'says that a oneshot never runs',
    before: unit('once.service', '[Service]', 'Type=oneshot', 'ExecStart=/bin/true'),
    states: 'app:\n  service.running: once\n',
    outcome: 'failed',
    says: /never running/,
  },
  {
    title: 'says what is wrong with a unit',
    before: unit('broken.service', '[Service]', 'Restart=always'),
    states: 'app:\n  service.running: broken\n',
    outcome: 'failed',
    says: /bad unit file setting/,
  },
  {
    title: 'runs an instance of a template',
    before: unit('worker@.service', '[Service]', 'ExecStart=/bin/sleep infinity', ...install),
    states:
      'one:\n  service.running: { name: worker@one, enable: true }\n\ntwo:\n  service.running: worker@two.service\n',
    after: all(
      active('worker@one'),
      active('worker@two'),
      'systemctl -q is-enabled worker@one',
      '! systemctl -q is-enabled worker@two',
    ),
  },
  {
    title: 'knows a service by an alias',
    states: 'ssh:\n  service.running: { name: sshd, enable: true }\n',
    outcome: 'ok',
  },
  {
    title: 'enables what an alias stands for',
    before: `${plain('real', 'Nice=1')}ln -sf /etc/systemd/system/real.service /etc/systemd/system/nick.service; systemctl daemon-reload`,
    states: 'app:\n  service.running: { name: nick, enable: true }\n',
    after: all(active('real'), 'systemctl -q is-enabled real'),
  },
  {
    title: 'listens on a socket',
    before: `${unit('echo@.service', '[Service]', 'ExecStart=/bin/cat', 'StandardInput=socket')}${unit('echo.socket', '[Socket]', 'ListenStream=/run/echo', 'Accept=yes', '[Install]', 'WantedBy=sockets.target')}`,
    states: 'app:\n  service.running: { name: echo.socket, enable: true }\n',
    after: '[ -S /run/echo ] && systemctl -q is-enabled echo.socket',
  },
  {
    title: 'stops what runs',
    states: 'app:\n  service.stopped: plain\n',
    after: '! systemctl -q is-active plain',
  },
  {
    title: 'stops what systemd is about to start again',
    before: `${unit('again.service', '[Service]', 'Restart=always', 'RestartSec=1h', 'ExecStart=/bin/false')}systemctl start again
while [ "$(systemctl show -P SubState again)" != auto-restart ]; do :; done`,
    states: 'app:\n  service.stopped: again\n',
    after: '[ "$(systemctl show -P ActiveState again)" = inactive ]',
  },
  { title: 'has nothing to stop where there is nothing', states: 'app:\n  service.stopped: nowhere\n', outcome: 'ok' },
  {
    title: 'enables, and does not start',
    states: 'app:\n  service.enabled: plain\n',
    after: all('systemctl -q is-enabled plain', '! systemctl -q is-active plain'),
  },
  {
    title: 'says that a unit without [Install] cannot be enabled',
    states: 'app:\n  service.enabled: once\n',
    outcome: 'failed',
    says: /no \[Install\] section/,
  },
  {
    title: 'disables, and does not stop',
    before: 'systemctl start plain',
    states: 'app:\n  service.disabled: plain\n',
    after: all(active('plain'), '! systemctl -q is-enabled plain'),
  },
  {
    title: 'masks what a package brought, and does not stop it',
    before: `mkdir -p /usr/local/lib/systemd/system; cat >/usr/local/lib/systemd/system/vendor.service <<'U'
[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
U
systemctl daemon-reload; systemctl start vendor`,
    states: 'app:\n  service.masked: vendor\n',
    after: all(active('vendor'), '[ "$(readlink /etc/systemd/system/vendor.service)" = /dev/null ]'),
  },
  {
    title: 'stops and masks',
    before: 'systemctl -q unmask vendor; systemctl start vendor',
    states: 'app:\n  service.stopped: vendor\n  service.masked: vendor\n',
    after: all('! systemctl -q is-active vendor', '! systemctl start vendor 2>/dev/null'),
  },
  {
    title: 'lifts a mask, and starts and enables',
    states: 'app:\n  service.unmasked: vendor\n  service.running: { name: vendor, enable: true }\n',
    after: all(active('vendor'), 'systemctl -q is-enabled vendor'),
  },
  {
    title: 'masks what does not exist yet',
    states: 'app:\n  service.masked: later\n',
    after: '[ "$(readlink /etc/systemd/system/later.service)" = /dev/null ]',
  },
  {
    title: 'says that a mask would stand in the place of a unit',
    states: 'app:\n  service.masked: plain\n',
    outcome: 'failed',
    says: /where the mask would stand/,
  },
  {
    title: 'reloads once for three changed files',
    before: `${noting('noting')}systemctl start noting; until [ -s /srv/noting.log ]; do :; done`,
    states: threeFiles.replaceAll('{{ n }} ', 'a '),
    after: noted('noting', 'start reload'),
  },
  {
    title: 'restarts once, where that is said',
    states: threeFiles
      .replaceAll('{{ n }} ', 'b ')
      .replace('running: noting', 'running: { name: noting, on_notify: restart }'),
    after: noted('noting', 'start reload start'),
  },
  {
    title: 'does not reload what it has just started',
    before: 'systemctl stop noting; rm /srv/noting.log',
    states: threeFiles.replaceAll('{{ n }} ', 'c '),
    after: noted('noting', 'start'),
  },
  {
    title: 'restarts what cannot be reloaded',
    before: `${unit('noreload.service', '[Service]', "ExecStart=/bin/sh -c 'echo start >>/srv/noreload.log; exec sleep infinity'")}systemctl start noreload`,
    states:
      'file:\n  file.managed: { path: /srv/conf4, content: "4" }\n  notify: app\n\napp:\n  service.running: noreload\n',
    after: noted('noreload', 'start start'),
  },
  {
    title: 'says that it cannot be reloaded',
    states: 'app:\n  service.running: { name: noreload, on_notify: reload }\n',
    outcome: 'failed',
    says: /on_notify: restart/,
  },
  {
    title: 'restarts with the new unit when its unit has changed',
    states: `unit:
  file.managed:
    path: /etc/systemd/system/noting.service
    content: |
      [Service]
      ExecStart=/bin/sh -c 'echo anew >>/srv/noting.log; exec sleep infinity'
      ExecReload=/bin/sh -c 'echo reload >>/srv/noting.log'
  notify: app

app:
  service.running: noting
`,
    after: all(noted('noting', 'start anew'), '[ "$(systemctl show -P NeedDaemonReload noting)" = no ]'),
  },
  {
    title: 'fails where a reload kills it',
    before: `${unit('fragile.service', '[Service]', 'ExecStart=/bin/sleep infinity', 'ExecReload=/bin/kill -KILL $MAINPID')}systemctl start fragile; rm -f /srv/conf5`,
    states:
      'file:\n  file.managed: { path: /srv/conf5, content: "5" }\n  notify: app\n\napp:\n  service.running: fragile\n',
    outcome: 'failed',
    says: /did not stay up \(signal|fatal signal/,
    second: 'changed',
    isForeseen: false,
    isRaced: true,
  },
  {
    title: 'restarts by a state of its own, once for two files',
    before:
      'rm /srv/noting.log; systemctl restart noting; until [ -s /srv/noting.log ]; do :; done; rm /srv/noting.log',
    states: `a:\n  file.managed: { path: /srv/conf6, content: "6" }\n  notify: again\n
b:\n  file.managed: { path: /srv/conf7, content: "7" }\n  notify: again\n
again:\n  service.restarted: noting\n`,
    after: noted('noting', 'anew'),
  },
  {
    title: 'reloads by a state of its own',
    states:
      'a:\n  file.managed: { path: /srv/conf6, content: "8" }\n  notify: again\n\nagain:\n  service.reloaded: noting\n',
    after: noted('noting', 'anew reload'),
  },
  {
    title: 'leaves alone what is stopped, when it should reload it',
    before: 'systemctl stop noting',
    states:
      'a:\n  file.managed: { path: /srv/conf6, content: "9" }\n  notify: again\n\nagain:\n  service.reloaded: noting\n',
    after: '! systemctl -q is-active noting',
  },
  {
    title: 'runs what a package brings',
    states:
      'package:\n  cmd.run: { command: apt-get -qq -y install nginx-light, creates: /usr/sbin/nginx }\n\nweb:\n  service.running: { name: nginx, enable: true }\n',
    after: active('nginx'),
  },
  {
    title: 'enables a script of init.d',
    before: `cat >/etc/init.d/script <<'U'
#!/bin/sh
### BEGIN INIT INFO
# Provides: script
# Required-Start: $local_fs
# Required-Stop: $local_fs
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
case $1 in start) touch /run/script;; stop) rm -f /run/script;; esac
U
chmod +x /etc/init.d/script; systemctl daemon-reload`,
    states: 'app:\n  service.running: { name: script, enable: true }\n',
    after: '[ -e /run/script ] && [ -e /etc/rc3.d/S01script ]',
  },
  {
    title: 'disables a script of init.d',
    states: 'app:\n  service.stopped: script\n  service.disabled: script\n',
    after: '! [ -e /run/script ] && ! [ -e /etc/rc3.d/S01script ]',
  },
]

hostCases('services', cases, { beside: serviceGround })
