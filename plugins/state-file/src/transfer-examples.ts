import type { Example } from '@prove/core'

/** Of `file.tree`. */
export const treeExamples: readonly Example[] = [
  {
    title: 'A web site, with what is no longer part of it removed',
    states: `site:
  file.tree:
    path: /srv/www/site
    source: prove://site
    group: www-data
    exclude: /uploads
    delete_extra: true
    create_parents: true
`,
    files: {
      'site/index.html.njk': '<h1>{{ facts.hostname }}</h1>\n',
      'site/css/site.css': 'body { margin: 2rem }\n',
    },
    host: 'mkdir -p /srv/www/site/uploads; echo old >/srv/www/site/old.html; echo mine >/srv/www/site/uploads/a.png\n',
  },
  {
    title: 'Scripts, without what belongs to their development',
    states: `tools:
  file.tree:
    path: /usr/local/sbin
    source: prove://tools
    exclude: ["*.md", tests]
    file_mode: "0750"
`,
    files: {
      'tools/rotate-keys': '#!/bin/sh\nexit 0\n',
      'tools/README.md': '# Tools\n',
      'tools/tests/rotate-keys': '#!/bin/sh\nexit 1\n',
    },
  },
]

/** Of `file.copy`. */
export const copyExamples: readonly Example[] = [
  {
    title: 'A configuration that begins as the one of the package',
    states: `sshd_for_deploy:
  file.copy:
    path: /etc/ssh/sshd_deploy_config
    source: /etc/ssh/sshd_config
    mode: "0600"
    validate: sshd -t -f %s
`,
  },
]

const server = (files: string): string =>
  `mkdir -p /srv/mirror; cd /srv/mirror; ${files}
systemctl is-active -q mirror || systemd-run -q --unit mirror python3 -m http.server --bind 127.0.0.1 --directory /srv/mirror 8000
until curl -so /dev/null http://127.0.0.1:8000/; do :; done
`

/** Of `file.download`. */
export const downloadExamples: readonly Example[] = [
  {
    title: 'A program of one version, known by its checksum',
    states: `exporter:
  file.download:
    path: /usr/local/bin/exporter
    url: http://127.0.0.1:8000/exporter-1.4/exporter
    checksum: "sha256:306c6ca7407560340797866e077e053627ad409277d1b9da58106fce4cf717cb"
    mode: "0755"
`,
    host: server("mkdir -p exporter-1.4; printf '#!/bin/sh\\nexit 0\\n' >exporter-1.4/exporter"),
  },
  {
    title: 'An image, with the checksums that its project publishes',
    states: `image:
  file.download:
    path: /var/lib/images/base.img
    url: http://127.0.0.1:8000/images/base.img
    checksum_url: http://127.0.0.1:8000/images/SHA256SUMS
    create_parents: true
`,
    host: server('mkdir -p images; cd images; seq 1000 >base.img; sha256sum *.img >SHA256SUMS'),
  },
  {
    title: 'A list that changes, behind a token',
    states: `blocklist:
  file.download:
    path: /etc/blocklist.txt
    url: http://127.0.0.1:8000/blocklist.txt
    refresh: true
    headers: { Authorization: Bearer change-me }
    mode: "0640"
    backup: true
`,
    host: server('echo 192.0.2.1 >blocklist.txt'),
  },
]

/** Of `archive.extracted`. */
export const extractedExamples: readonly Example[] = [
  {
    title: 'A release of a project, without the directory at its top',
    states: `app:
  archive.extracted:
    path: /opt/app
    url: http://127.0.0.1:8000/app/app-1.4.tar.gz
    checksum_url: http://127.0.0.1:8000/app/SHA256SUMS
    strip: 1
    exclude: ["*.md", /tests]
    owner: root
`,
    host: server(
      'mkdir -p app/app-1.4/bin app/app-1.4/tests; cd app; echo x >app-1.4/bin/app; echo x >app-1.4/README.md; tar -czf app-1.4.tar.gz app-1.4; sha256sum *.gz >SHA256SUMS',
    ),
  },
  {
    title: 'An archive that is on the target already',
    states: `fonts:
  archive.extracted:
    path: /usr/local/share/fonts/own
    archive: /srv/fonts.zip
    include: "*.ttf"
    file_mode: "0644"
    create_parents: true
`,
    host: 'cd /srv; mkdir fonts; touch fonts/a.ttf fonts/license.txt; zip -qr fonts.zip fonts\n',
  },
]
