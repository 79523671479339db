import type { Example } from '@prove/core'

const unit = (name: string, text: string): string => `cat >/etc/systemd/system/${name}.service <<'UNIT'\n${text}UNIT\n`

const app = unit(
  'app',
  `[Service]
ExecStart=/bin/sh -c 'trap : HUP; while :; do sleep 1; done'
ExecReload=/bin/kill -HUP $MAINPID
[Install]
WantedBy=multi-user.target
`,
)

/** Of `service.running`. */
export const runningExamples: readonly Example[] = [
  {
    title: 'Running now, and after each boot',
    states: `web:
  service.running: { name: nginx, enable: true }
`,
    host: 'apt-get -qq -y install nginx-light >/dev/null; systemctl disable --now nginx',
  },
  {
    title: 'Reloaded when its configuration changes',
    states: `app_settings:
  file.managed:
    path: /etc/app/app.conf
    content: |
      workers = 4
    create_parents: true
  notify: app

app:
  service.running: app
`,
    host: `${app}systemctl start app`,
  },
  {
    title: 'Restarted, where a reload is not enough',
    states: `app_settings:
  file.managed:
    path: /etc/app/listen.conf
    content: |
      port = 8080
    create_parents: true
  notify: app

app:
  service.running: { name: app, enable: true, on_notify: restart }
`,
    host: `${app}systemctl start app`,
  },
]

/** Of `service.stopped`. */
export const stoppedExamples: readonly Example[] = [
  {
    title: 'Neither now nor at the next boot',
    states: `no_app:
  service.stopped: app
  service.disabled: app
`,
    host: `${app}systemctl -q enable --now app`,
  },
]

/** Of `service.enabled`. */
export const enabledExamples: readonly Example[] = [
  { title: 'From the next boot on', states: 'app:\n  service.enabled: app\n', host: app },
]

/** Of `service.disabled`. */
export const disabledExamples: readonly Example[] = [
  {
    title: 'Not at the next boot',
    states: 'app:\n  service.disabled: app\n',
    host: `${app}systemctl -q enable app`,
  },
]

/** Of `service.masked`. */
export const maskedExamples: readonly Example[] = [
  {
    title: 'Never, whoever asks for it',
    states: `no_remote_time:
  service.masked: systemd-timesyncd
`,
  },
]

/** Of `service.unmasked`. */
export const unmaskedExamples: readonly Example[] = [
  {
    title: 'Lift a mask, then start',
    states: `web:
  service.unmasked: nginx
  service.running: nginx
`,
    host: 'apt-get -qq -y install nginx-light >/dev/null; systemctl -q mask --now nginx',
  },
]

/** Of `service.restarted`. */
export const restartedExamples: readonly Example[] = [
  {
    title: 'Once, whichever of the files changes',
    states: `app_settings:
  file.managed: { path: /etc/app.conf, content: "workers = 4\\n" }
  notify: restart_app

app_limits:
  file.managed: { path: /etc/app-limits.conf, content: "files = 1024\\n" }
  notify: restart_app

restart_app:
  service.restarted: app
`,
    host: `${app}systemctl start app`,
  },
]

/** Of `service.reloaded`. */
export const reloadedExamples: readonly Example[] = [
  {
    title: 'A handler that several states share',
    states: `app_settings:
  file.managed: { path: /etc/app.conf, content: "workers = 4\\n" }
  notify: reload_app

reload_app:
  service.reloaded: app
`,
    host: `${app}systemctl start app`,
  },
]
