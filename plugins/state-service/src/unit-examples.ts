import type { Example } from '@prove/core'

/** Of `systemd.unit`. */
export const unitExamples: readonly Example[] = [
  {
    title: "A service of one's own, restarted when its unit changes",
    states: `app_unit:
  systemd.unit:
    name: app.service
    sections:
      Unit:
        Description: The application
        After: network.target
      Service:
        ExecStart: /usr/bin/python3 -m http.server 8080
        DynamicUser: true
        Restart: on-failure
      Install:
        WantedBy: multi-user.target
  notify: app

app:
  service.running: { name: app, enable: true }
`,
  },
  {
    title: 'More open files for a service of a package',
    states: `web_limits:
  systemd.unit:
    name: nginx.service
    drop_in: limits
    content: |
      [Service]
      LimitNOFILE=65536
  notify: web

web:
  service.running: nginx
`,
    host: 'apt-get -qq -y install nginx-light >/dev/null',
  },
  {
    title: 'A unit that is not wanted any more',
    states: `old_app:
  service.stopped: old
  systemd.unit: { name: old.service, absent: true }
`,
    host: `cat >/etc/systemd/system/old.service <<'UNIT'
[Service]
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
UNIT
systemctl -q enable --now old`,
  },
]
