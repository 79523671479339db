import type { Example } from '@prove/core'

export const watchedExamples: readonly Example[] = [
  {
    title: 'A file that is as declared again a moment after somebody edited it',
    states: `motd:
  file.managed: { path: /etc/motd, content: "Look after this host.\\n" }

motd_watched:
  file.watched: /etc/motd
  notify: motd
`,
  },
]
