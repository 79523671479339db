import type { Example } from '@prove/core'

/** Of `meta.group`. */
export const groupExamples: readonly Example[] = [
  {
    title: 'A release, with a way back',
    states: `release:
  meta.group:
    members:
      page:
        file.managed:
          path: /srv/app/releases/42/index.html
          content: "<h1>Release 42</h1>\\n"
          create_parents: true
      current:
        file.link: { path: /srv/app/current, target: releases/42 }
        requires: page
    rescue:
      back:
        cmd.run: ln -sfn releases/41 /srv/app/current
    always:
      unlock:
        file.absent: /srv/app/deploying
`,
  },
  {
    title: 'Several states that are notified as one',
    states: `settings:
  file.managed: { path: /etc/app.conf, content: "workers 4\\n" }
  notify: refresh

refresh:
  meta.group:
    members:
      cache:
        cmd.run: rm -rf /var/cache/app
        lazy: true
      stamp:
        cmd.run: date >/var/tmp/app-refreshed
        lazy: true
`,
  },
]

/** Of `meta.each`. */
export const eachExamples: readonly Example[] = [
  {
    title: 'One state for each item of a map',
    states: `sites:
  meta.each:
    over:
      blog: { title: The blog }
      shop: { title: The shop }
    state:
      file.managed:
        path: !late "\`/srv/www/\${key}/index.html\`"
        content: !late "\`<h1>\${item.title}</h1>\\n\`"
        create_parents: true
`,
  },
  {
    title: 'A list of maps, known by one of their fields',
    states: `keys:
  meta.each:
    over:
      - { user: alice, key: ssh-ed25519 AAAAC3Nz-alice }
      - { user: bob, key: ssh-ed25519 AAAAC3Nz-bob }
    key: user
    state:
      file.managed:
        path: !late "\`/etc/ssh/authorized_keys/\${key}\`"
        content: !late "\`\${item.key}\\n\`"
        create_parents: true
`,
  },
]

/** Of `meta.sequence`. */
export const sequenceExamples: readonly Example[] = [
  {
    title: 'A restart in steps, when the configuration changed',
    states: `settings:
  file.managed: { path: /etc/app.conf, content: "port 8080\\n" }
  notify: restart

restart:
  meta.sequence:
    - maintenance_on: { cmd.run: touch /run/app-maintenance }
    - reload: { cmd.run: cp /etc/app.conf /run/app-running.conf }
    - maintenance_off: { cmd.run: rm -f /run/app-maintenance }
  lazy: true
`,
  },
]
