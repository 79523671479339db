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
