import type { Ground } from './ground.js'

/** What the rules mean, however they are written, and how their files are kept. */
export const sudoGround: Ground = {
  keeps: [
    '/etc/sudoers.d',
    '/srv/sudoers.d',
    ...['passwd', 'shadow', 'group', 'gshadow'].map((name) => `/etc/${name}`),
  ],
  shows: `for file in /etc/sudoers.d/*; do [ -f "$file" ] || continue; stat -c '%n %a %U:%G' "$file"; cvtsudoers -f json "$file"; done; :`,
}
