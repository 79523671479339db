import type { Example } from '@prove/core'

/** Of `file.line`. */
export const lineExamples: readonly Example[] = [
  {
    title: 'A setting of sshd, whatever it was before',
    states: `no_passwords:
  file.line:
    path: /etc/ssh/sshd_config
    regex: ^#?PasswordAuthentication\\b
    line: PasswordAuthentication no
    validate: /usr/sbin/sshd -t -f %s
`,
  },
  {
    title: 'A name in /etc/hosts',
    states: `database:
  file.line: { path: /etc/hosts, regex: \\sdatabase$, line: "10.1.2.3 database" }
`,
  },
  {
    title: 'Only the number is changed',
    states: `more_open_files:
  file.line:
    path: /etc/app.conf
    regex: ^(?<key>\\s*worker_files\\s*=\\s*)\\d+
    line: $<key>8192
    backrefs: true
`,
    host: `printf '[app]\\n  worker_files = 1024\\n' >/etc/app.conf`,
  },
]

/** Of `file.block`. */
export const blockExamples: readonly Example[] = [
  {
    title: 'Some lines at the end of a file that belongs to the system',
    states: `internal_names:
  file.block:
    path: /etc/hosts
    name: internal
    block: |
      10.1.2.3 database
      10.1.2.4 cache
`,
  },
  {
    title: 'In a file with other comments, before a line',
    states: `banner:
  file.block:
    path: /srv/www/index.html
    marker: <!-- {mark} {name} -->
    name: banner
    insert_before: </body>
    block: <p>Down for maintenance on Sunday.</p>
`,
    host: `mkdir -p /srv/www; printf '<html>\\n<body>\\n</body>\\n</html>\\n' >/srv/www/index.html`,
  },
]

/** Of `file.replace`. */
export const replaceExamples: readonly Example[] = [
  {
    title: 'Another mirror in every list of packages',
    states: `mirror:
  file.replace:
    path: /etc/app/mirrors
    regex: http://old\\.example\\.org/
    replacement: https://mirror.example.org/
`,
    host: `mkdir -p /etc/app; printf 'http://old.example.org/a\\nhttp://old.example.org/b\\n' >/etc/app/mirrors`,
  },
]
