import type { Example } from '@prove/core'

/** Of `ini.value`. */
export const iniExamples: readonly Example[] = [
  {
    title: 'A setting of a section',
    states: `upload_limit:
  ini.value:
    path: /etc/app/app.ini
    section: server
    key: upload_limit
    value: 64M
    create: true
    create_parents: true
`,
  },
  {
    title: 'A section that is not wanted any more',
    states: `no_debugging:
  ini.value: { path: /etc/app/app.ini, section: debug, absent: true }
`,
    host: `mkdir -p /etc/app; printf '[server]\\nport = 80\\n\\n[debug]\\nlevel = 9\\n' >/etc/app/app.ini`,
  },
]

/** Of `json.value`. */
export const jsonExamples: readonly Example[] = [
  {
    title: 'One setting of many',
    states: `log_driver:
  json.value:
    path: /etc/app/daemon.json
    key: log.driver
    value: journald
`,
    host: `mkdir -p /etc/app; printf '{\\n  "data": "/srv/data", // on the large disk\\n  "log": { "driver": "file" }\\n}\\n' >/etc/app/daemon.json`,
  },
  {
    title: 'A list, in a file that may not be there yet',
    states: `mirrors:
  json.value:
    path: /etc/app/daemon.json
    key: mirrors
    value: [https://a.example.org, https://b.example.org]
    create: true
    create_parents: true
`,
  },
]

/** Of `yaml.value`. */
export const yamlExamples: readonly Example[] = [
  {
    title: 'A value deep inside, without touching the comments around it',
    states: `max_connections:
  yaml.value:
    path: /etc/app/app.yml
    key: database.pool.max
    value: 50
`,
    host: `mkdir -p /etc/app; printf '# of the application\\ndatabase:\\n  host: db # the old one\\n  pool:\\n    max: 10\\n' >/etc/app/app.yml`,
  },
]

/** Of `toml.value`. */
export const tomlExamples: readonly Example[] = [
  {
    title: 'A value of a table',
    states: `metrics:
  toml.value:
    path: /etc/app/app.toml
    key: metrics.address
    value: 127.0.0.1:9100
    create: true
    create_parents: true
`,
  },
]

/** Of `env.value`. */
export const envExamples: readonly Example[] = [
  {
    title: 'A variable of every login',
    states: `proxy:
  env.value:
    path: /etc/environment
    key: http_proxy
    value: http://proxy.example.org:3128/
    create: true
`,
  },
  {
    title: 'A secret, which no output shows',
    states: `password:
  env.value:
    path: /etc/app/app.env
    key: DATABASE_PASSWORD
    value: change me
    secret: true
    mode: "0600"
    create: true
    create_parents: true
`,
  },
]
