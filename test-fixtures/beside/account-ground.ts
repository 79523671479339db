import type { Ground } from './ground.js'

/** The databases, and homes with what is in them. The day of a password change is that of the test. */
export const accountGround = (...homes: readonly string[]): Ground => {
  const all = ['/home', '/var/mail', ...homes].join(' ')
  return {
    keeps: [
      ...['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'].map((name) => `/etc/${name}`),
      '/home',
      '/var/mail',
      ...homes,
    ],
    shows: `
cat /etc/passwd; cut -d: -f1,2,4- /etc/shadow; cat /etc/group /etc/gshadow
find ${all} -printf '%p %y %m %u:%g %l\\n' 2>/dev/null | sort
find ${all} -type f ! -path '*/.ssh/*' -exec sha256sum {} + 2>/dev/null | sort -k 2
find /etc/ssh/ssh_known_hosts ${all} -type f \\( -name authorized_keys -o -name '*known_hosts' -o -path /etc/ssh/keys/'*' \\) 2>/dev/null | sort | while read -r file; do echo "$file:"; cat -v "$file"; done`,
  }
}
