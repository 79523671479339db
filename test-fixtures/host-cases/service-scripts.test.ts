import { hostCases } from '../hosts/host-cases.js'

/** Systemd is up all the same; but whoever asks which init runs is told another. */
const withoutSystemd = 'rmdir /run/systemd/system 2>/dev/null || mv /run/systemd/system /run/systemd/hidden\n'

const script = (name: string, text: string): string =>
  `cat >/etc/init.d/${name} <<'SCRIPT'\n${text}SCRIPT\nchmod +x /etc/init.d/${name}\n`

const openrcScript = (name: string, ...lines: readonly string[]): string =>
  script(name, `#!/sbin/openrc-run\n${lines.join('\n')}\n`)

const sleeper = (name: string): string =>
  openrcScript(
    name,
    'command=/bin/sleep',
    'command_args=infinity',
    'command_background=true',
    `pidfile=/run/${name}.pid`,
    'extra_started_commands="reload"',
    `start_pre() { echo start >>/srv/${name}.log; }`,
    `reload() { echo reload >>/srv/${name}.log; }`,
  )

const alive = (name: string): string => `kill -0 $(cat /run/${name}.pid)`

const configured = (name: string, value: string): string =>
  `file:\n  file.managed: { path: /srv/conf, content: "${value}" }\n  notify: app\n\napp:\n  service.running: ${name}\n`

hostCases('services of OpenRC', [
  {
    title: 'starts, and adds to the default runlevel',
    before: `apt-get -qq -y install openrc >/dev/null 2>&1
${withoutSystemd}mkdir -p /run/openrc; touch /run/openrc/softlevel
${sleeper('orc')}`,
    states: 'app:\n  service.running: { name: orc, enable: true }\n',
    after: `${alive('orc')} && [ -e /etc/runlevels/default/orc ]`,
  },
  {
    title: 'reloads when notified',
    states: configured('orc', 'a'),
    after: '[ "$(echo $(cat /srv/orc.log))" = "start reload" ]',
  },
  {
    title: 'restarts what cannot be reloaded',
    before:
      openrcScript('counted', 'start() { echo start >>/srv/counted.log; }', 'stop() { :; }') +
      'rc-service counted start',
    states: configured('counted', 'b'),
    after: '[ "$(echo $(cat /srv/counted.log))" = "start start" ]',
  },
  {
    title: 'fails where it cannot be started, in its own words',
    before: openrcScript('bad', 'start() { eerror "no database"; return 1; }'),
    states: 'app:\n  service.running: bad\n',
    outcome: 'failed',
    isForeseen: false,
    says: /no database.*bad failed to start/,
  },
  {
    title: 'stops, and takes out of every runlevel',
    before: 'rc-update -q add orc boot',
    states: 'app:\n  service.stopped: orc\n  service.disabled: orc\n',
    after: `! ls /etc/runlevels/*/orc 2>/dev/null && ! ${alive('orc')} 2>/dev/null`,
  },
  {
    title: 'starts again by a state of its own',
    before: 'rc-service orc start; : >/srv/orc.log',
    states:
      'file:\n  file.managed: { path: /srv/conf, content: c }\n  notify: again\n\nagain:\n  service.restarted: orc\n',
    after: '[ "$(cat /srv/orc.log)" = start ]',
  },
  {
    title: 'says that there is no such service',
    states: 'a:\n  service.running: nowhere\n',
    outcome: 'failed',
    says: /no service/,
  },
  { title: 'says that it cannot mask', states: 'a:\n  service.masked: orc\n', outcome: 'failed', says: /only systemd/ },
])

const lsb = (name: string): string =>
  script(
    name,
    `#!/bin/sh
### BEGIN INIT INFO
# Provides: ${name}
# Required-Start: $local_fs
# Required-Stop: $local_fs
# Default-Start: 2 3 4 5
# Default-Stop: 0 1 6
### END INIT INFO
p=/run/${name}.pid
alive() { [ -e $p ] && kill -0 "$(cat $p)" 2>/dev/null; }
case $1 in
start) alive && exit 0; echo start >>/srv/${name}.log; setsid sleep infinity >/dev/null 2>&1 </dev/null & echo $! >$p;;
stop) ! alive || kill "$(cat $p)"; rm -f $p;;
restart|force-reload) "$0" stop; "$0" start;;
reload) echo reload >>/srv/${name}.log;;
status) alive && exit 0; [ -e $p ] && exit 1; exit 3;;
*) exit 2;;
esac
`,
  )

hostCases('services that are scripts of init.d', [
  {
    title: 'starts, and enables',
    before: `${withoutSystemd}${lsb('old')}`,
    states: 'app:\n  service.running: { name: old, enable: true }\n',
    after: `${alive('old')} && ls /etc/rc3.d/S??old`,
  },
  {
    title: 'reloads when notified',
    states: configured('old', 'a'),
    after: '[ "$(echo $(cat /srv/old.log))" = "start reload" ]',
  },
  {
    title: 'starts again what has died',
    before: 'kill -KILL $(cat /run/old.pid)',
    states: 'app:\n  service.running: old\n',
    after: alive('old'),
  },
  {
    title: 'fails where it cannot be started, in its own words',
    before: script('bad', '#!/bin/sh\ncase $1 in start) echo no database >&2; exit 6;; esac\nexit 3\n'),
    states: 'app:\n  service.running: bad\n',
    outcome: 'failed',
    isForeseen: false,
    says: /exit 6: no database/,
  },
  {
    title: 'stops, and disables',
    states: 'app:\n  service.stopped: old\n  service.disabled: old\n',
    after: '[ ! -e /run/old.pid ] && ! ls /etc/rc3.d/S??old 2>/dev/null',
  },
])
