import { serviceGround } from '../beside/service-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

/** All of these succeed. */
const all = (...commands: readonly string[]): string => commands.join(' && ')

const counted = "$(journalctl --sync; journalctl -q -b _PID=1 -o cat | grep -c '^Reloading\\.')"

/** How often systemd has read its units since `countLoads`. */
const countLoads = `echo "${counted}" >/srv/loads`
const loads = (count: number): string => `[ "${counted}" = $(($(cat /srv/loads) + ${count})) ]`

const shown = (property: string, unit: string, value: string): string =>
  `[ "$(systemctl show -P ${property} ${unit})" = "${value}" ]`

const app = (description: string, more = ''): string => `unit:
  systemd.unit:
    name: app.service
    content: |
      [Unit]
      Description=${description}
      [Service]
      ExecStart=/bin/sh -c 'echo ${description} >>/srv/app.log; exec sleep infinity'
      ExecReload=/bin/sh -c 'echo reload >>/srv/app.log'
      [Install]
      WantedBy=multi-user.target
  notify: app
${more}
app:
  service.running: { name: app, enable: true }
`

const refused = (title: string, content: string, says: RegExp) => ({
  title,
  states: `unit:\n  systemd.unit:\n    name: wrong.service\n    content: |\n${content.replaceAll(/^/gm, '      ')}\n`,
  outcome: 'failed' as const,
  isForeseen: false as const,
  says,
  after: '! [ -e /etc/systemd/system/wrong.service ]',
})

const cases: readonly HostCase[] = [
  {
    title: 'makes a unit and runs it, without loading anything twice',
    before: countLoads,
    states: app('one'),
    // Only "enable" does.
    after: all(
      'systemctl -q is-active app',
      'systemctl -q is-enabled app',
      '[ "$(cat /srv/app.log)" = one ]',
      loads(1),
    ),
  },
  {
    title: 'restarts the service once with the new unit, having loaded it once',
    before: countLoads,
    states: app('two'),
    after: all('[ "$(echo $(cat /srv/app.log))" = "one two" ]', shown('Description', 'app', 'two'), loads(1)),
  },
  {
    title: 'restarts once for a changed unit and a changed file',
    states: app('three', '\nfile:\n  file.managed: { path: /srv/app.conf, content: "1" }\n  notify: app\n'),
    after: '[ "$(echo $(cat /srv/app.log))" = "one two three" ]',
  },
  {
    title: 'only reloads the service for a changed file',
    before: countLoads,
    states: app('three', '\nfile:\n  file.managed: { path: /srv/app.conf, content: "2" }\n  notify: app\n'),
    after: all('[ "$(echo $(cat /srv/app.log))" = "one two three reload" ]', loads(0)),
  },
  {
    title: 'loads a unit that somebody changed by hand and put back',
    before: 'touch /etc/systemd/system/app.service',
    states: app('three'),
    after: shown('NeedDaemonReload', 'app', 'no'),
  },
  {
    title: 'undoes what somebody changed by hand',
    before: 'sed -i s/Description=three/Description=hand/ /etc/systemd/system/app.service; systemctl daemon-reload',
    states: app('three'),
    after: shown('Description', 'app', 'three'),
  },
  {
    title: 'makes a drop-in, and restarts with it',
    states: `limits:
  systemd.unit:
    name: app.service
    drop_in: limits
    content: |
      [Service]
      LimitNOFILE=4321
  notify: app

app:
  service.running: app
`,
    after: all(
      '[ -e /etc/systemd/system/app.service.d/limits.conf ]',
      'grep -q "Max open files *4321" /proc/$(systemctl show -P MainPID app)/limits',
    ),
  },
  {
    title: 'restarts with the first drop-in, whoever made it',
    before:
      "printf '[Service]\\nExecStart=/bin/sleep infinity\\nExecReload=/bin/true\\n' >/etc/systemd/system/first.service; systemctl start first",
    states: `limits:
  file.managed:
    path: /etc/systemd/system/first.service.d/env.conf
    create_parents: true
    content: |
      [Service]
      Environment=FIRST=1
  notify: run

run:
  service.running: first
`,
    after: 'grep -q FIRST=1 /proc/$(systemctl show -P MainPID first)/environ',
  },
  {
    title: 'makes a drop-in of sections',
    states: `limits:
  systemd.unit:
    name: app.service
    drop_in: limits.conf
    sections: { Service: { LimitNOFILE: 4322, Environment: ["A=1", '"B=2 3"'], NoNewPrivileges: true } }
  notify: app

app:
  service.running: app
`,
    after: all(
      shown('LimitNOFILE', 'app', '4322'),
      shown('NoNewPrivileges', 'app', 'yes'),
      'grep -q "Max open files *4322" /proc/$(systemctl show -P MainPID app)/limits',
    ),
  },
  {
    title: 'removes a drop-in',
    states: 'limits:\n  systemd.unit: { name: app.service, drop_in: limits, absent: true }\n',
    after: all('! [ -e /etc/systemd/system/app.service.d/limits.conf ]', shown('NoNewPrivileges', 'app', 'no')),
  },
  {
    title: 'has nothing to remove',
    states: 'a:\n  systemd.unit: { name: nowhere.service, absent: true }\n',
    outcome: 'ok',
  },
  refused(
    'refuses a misspelt setting',
    '[Service]\nExecStart=/bin/true\nRestrat=always',
    /wrong.service:3: Unknown key.*Restrat/,
  ),
  refused(
    'refuses a program that is not there',
    '[Service]\nExecStart=/nowhere/at/all',
    /\/nowhere\/at\/all is not executable/,
  ),
  refused(
    'refuses a value that cannot be',
    '[Service]\nExecStart=/bin/true\nRestart=perhaps',
    /wrong.service:3: .*perhaps/,
  ),
  refused('refuses a unit that does nothing', '[Service]\nRestart=always', /wrong.service/),
  refused('refuses what is no unit', 'hello', /wrong.service has a bad unit file setting/),
  {
    title: 'takes what it is told to take',
    states:
      'a:\n  systemd.unit:\n    name: odd.service\n    verify: false\n    sections: { Service: { ExecStart: /nowhere/at/all } }\n',
  },
  {
    title: 'keeps the mistakes of other units apart',
    before: `cat >/etc/systemd/system/careless.service <<'U'
[Service]
ExecStart=/nowhere
Misspelt=yes
U`,
    states: `a:
  systemd.unit:
    name: careful.service
    sections:
      Unit: { Requires: careless.service, After: careless.service }
      Service: { ExecStart: /bin/true }
`,
  },
  {
    title: 'keeps the mistakes of other drop-ins apart',
    before: `mkdir -p /etc/systemd/system/app.service.d; printf '[Service]\\nMisspelt=yes\\n' >/etc/systemd/system/app.service.d/other.conf; systemctl daemon-reload`,
    states: 'a:\n  systemd.unit: { name: app.service, drop_in: mine, sections: { Service: { Nice: 1 } } }\n',
  },
  {
    title: 'refuses a drop-in with a mistake, of a unit that a package brought',
    states: 'a:\n  systemd.unit: { name: ssh.service, drop_in: mine, sections: { Service: { Nicce: 1 } } }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /mine.conf:2: Unknown key.*Nicce/,
    after: 'systemctl -q is-active ssh && ! [ -e /etc/systemd/system/ssh.service.d/mine.conf ]',
  },
  {
    title: 'makes a drop-in before its unit',
    states: `drop_in:
  systemd.unit: { name: second.service, drop_in: env, sections: { Service: { Environment: "A=b" } } }

unit:
  systemd.unit: { name: second.service, sections: { Service: { ExecStart: /bin/sleep infinity } } }

run:
  service.running: second
`,
    after: shown('Environment', 'second', 'A=b'),
  },
  {
    title: 'takes the place of a unit that a package brought',
    before: `mkdir -p /usr/local/lib/systemd/system; printf '[Unit]\\nDescription=vendor\\n[Service]\\nExecStart=/bin/sleep infinity\\n' >/usr/local/lib/systemd/system/vendor.service; systemctl daemon-reload; systemctl start vendor`,
    states: `unit:
  systemd.unit:
    name: vendor.service
    sections: { Unit: { Description: mine }, Service: { ExecStart: /bin/sleep infinity } }
  notify: run

run:
  service.running: vendor
`,
    after: shown('Description', 'vendor', 'mine'),
  },
  {
    title: 'makes a template, and runs an instance of it',
    states: `unit:
  systemd.unit:
    name: worker@.service
    sections: { Service: { ExecStart: "/bin/sh -c 'echo %i >/srv/worker; exec sleep infinity'" } }

run:
  service.running: worker@seven
`,
    after: '[ "$(cat /srv/worker)" = seven ]',
  },
  {
    title: 'changes a template, and restarts its instance',
    states: `unit:
  systemd.unit:
    name: worker@.service
    sections: { Service: { ExecStart: "/bin/sh -c 'echo again %i >/srv/worker; exec sleep infinity'" } }
  notify: run

run:
  service.running: worker@seven
`,
    after: '[ "$(cat /srv/worker)" = "again seven" ]',
  },
  {
    title: 'does not show a secret that a check finds fault with',
    states:
      'a:\n  systemd.unit: { name: secret.service, secret: true, mode: "0600", content: "[Service]\\nsesame=1\\n" }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /^(?!.*sesame)[^]*finds mistakes/,
  },
  {
    title: 'does not remove what runs',
    states: 'a:\n  systemd.unit: { name: app.service, absent: true }\n',
    outcome: 'failed',
    says: /running; service.stopped/,
  },
  {
    title: 'stops and removes, and leaves no links behind',
    states: 'a:\n  service.stopped: app\n  systemd.unit: { name: app.service, absent: true }\n',
    after: all('! ls /etc/systemd/system/*/app.service 2>/dev/null', shown('LoadState', 'app', 'not-found')),
  },
  {
    title: 'says that it is masked',
    before: 'systemctl -q mask veiled',
    states: 'a:\n  systemd.unit: { name: veiled.service, sections: { Service: { ExecStart: /bin/true } } }\n',
    outcome: 'failed',
    says: /masked; service.unmasked/,
  },
]

hostCases('units', cases, { beside: serviceGround })
