import { timerGround } from '../beside/timer-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

/** All of these succeed. */
const all = (...commands: readonly string[]): string => commands.join(' && ')

const odd = String.raw`x='1  2'; printf '%s|' "it's" 'a "b"' "$x" 100% é 'c\\d' >/srv/odd`

const timers: readonly HostCase[] = [
  {
    title: 'makes a timer that runs a command, enabled and started',
    states:
      'backup:\n  systemd.timer: { name: backup, on_calendar: daily, command: date >/srv/backup, persistent: true }\n',
    after: all(
      'systemctl -q is-active backup.timer',
      'systemctl -q is-enabled backup.timer',
      '[ "$(systemctl show -P Persistent backup.timer)" = yes ]',
      'systemctl start backup.service',
      '[ -s /srv/backup ]',
    ),
  },
  {
    title: 'runs at another time when that changes',
    states:
      'backup:\n  systemd.timer: { name: backup, on_calendar: "*-*-* 04:05", command: date >/srv/backup, persistent: true }\n',
    after: 'systemctl show -P TimersCalendar backup.timer | grep -q 04:05:00',
  },
  {
    title: 'runs another command when that changes, and does not touch the timer',
    before: 'systemctl show -P ActiveEnterTimestampMonotonic backup.timer >/srv/since',
    states:
      'backup:\n  systemd.timer: { name: backup, on_calendar: "*-*-* 04:05", command: echo new >/srv/backup, persistent: true }\n',
    after: all(
      '[ "$(systemctl show -P ActiveEnterTimestampMonotonic backup.timer)" = "$(cat /srv/since)" ]',
      'systemctl start backup.service',
      '[ "$(cat /srv/backup)" = new ]',
    ),
  },
  {
    title: 'starts again a timer that somebody stopped and disabled',
    before: 'systemctl -q disable --now backup.timer',
    states:
      'backup:\n  systemd.timer: { name: backup, on_calendar: "*-*-* 04:05", command: echo new >/srv/backup, persistent: true }\n',
    after: all('systemctl -q is-active backup.timer', 'systemctl -q is-enabled backup.timer'),
  },
  {
    title: 'gives every character of a text to the shell as it is written',
    states: `odd:
  systemd.timer:
    name: odd
    on_boot: 1d
    command: |
      ${odd}
      echo second line >>/srv/odd
`,
    after: all(
      'systemctl start odd.service',
      String.raw`printf '%s' "it's|a \"b\"|1  2|100%|é|" 'c\\d|second line' | cmp -n 40 - /srv/odd`,
    ),
  },
  {
    title: 'runs a list of words as another user',
    before: 'rm -f /tmp/who; touch "/tmp/a b"; chmod 666 "/tmp/a b"',
    states:
      'who:\n  systemd.timer: { name: who, on_boot: 15min, user: nobodys, command: [cp, "--", /proc/self/loginuid, "/tmp/a b"] }\n\nid:\n  systemd.timer: { name: id, on_calendar: [daily, Mon 12:00], random_delay: 1h, user: nobodys, command: "id -un >\'/tmp/a b\'" }\n',
    after: all('systemctl start id.service', '[ "$(cat "/tmp/a b")" = nobodys ]', 'systemctl start who.service'),
  },
  {
    title: 'drives a service that another state keeps',
    states: `unit:
  systemd.unit: { name: own.service, sections: { Service: { Type: oneshot, ExecStart: /bin/touch /srv/own } } }

timer:
  systemd.timer: { name: own, on_calendar: hourly }
`,
    after: all('[ "$(systemctl show -P Unit own.timer)" = own.service ]', 'systemctl -q is-active own.timer'),
  },
  {
    title: 'does not take the place of a service that is not its own',
    before: "printf '[Service]\\nExecStart=/bin/true\\n' >/etc/systemd/system/kept.service",
    states: 'a:\n  systemd.timer: { name: kept, on_calendar: daily, command: "true" }\n',
    outcome: 'failed',
    says: /kept.service" was not made by systemd.timer/,
    after: all(
      'grep -qx ExecStart=/bin/true /etc/systemd/system/kept.service',
      '! [ -e /etc/systemd/system/kept.timer ]',
    ),
  },
  {
    title: 'says that a time is none',
    states: 'a:\n  systemd.timer: { name: never, on_calendar: "Mon 25:00", command: "true" }\n',
    outcome: 'failed',
    says: /does not understand when: .*Mon 25:00/,
    after: '! [ -e /etc/systemd/system/never.timer ] && ! [ -e /etc/systemd/system/never.service ]',
  },
  {
    title: 'says that a time span is none',
    states: 'a:\n  systemd.timer: { name: never, on_boot: 5 parsecs, command: "true" }\n',
    outcome: 'failed',
    says: /does not understand when: .*5 parsecs/,
  },
  {
    title: 'says that there is no such user',
    states: 'a:\n  systemd.timer: { name: never, on_boot: 5min, command: "true", user: nowhere }\n',
    outcome: 'failed',
    says: /there is no user "nowhere"/,
  },
  {
    title: 'says that there is no such program',
    states: 'a:\n  systemd.timer: { name: never, on_boot: 5min, command: [/nowhere/at/all] }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /\/nowhere\/at\/all is not executable/,
  },
  {
    title: 'removes a timer and its service',
    states: 'backup:\n  systemd.timer: { name: backup, absent: true }\n',
    after: all(
      '! [ -e /etc/systemd/system/backup.service ]',
      '! [ -e /etc/systemd/system/timers.target.wants/backup.timer ]',
      '[ "$(systemctl show -P LoadState backup.timer)" = not-found ]',
    ),
  },
  {
    title: 'removes a timer, and leaves a service that is not its own',
    states: 'own:\n  systemd.timer: { name: own, absent: true }\n',
    after: all('! [ -e /etc/systemd/system/own.timer ]', '[ -e /etc/systemd/system/own.service ]'),
  },
]

hostCases('timers', timers, { beside: timerGround })
