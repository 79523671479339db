import type { Ground } from './ground.js'

const names =
  'one two three tool lib app fond extra mailer-a mailer-b broken rival-a rival-b late moving sent mailed'.split(' ')

const folders = names.flatMap((name) => [`/etc/${name}`, `/usr/share/${name}`])

/** What dpkg knows, who is held, what came by itself, and the files of the cases' packages. */
export const packageGround: Ground = {
  keeps: ['/var/lib/dpkg', '/var/lib/apt', '/etc/apt', '/srv/own', '/etc/sun-is-up', ...folders],
  shows: `dpkg-query -W -f '\${Package} \${db:Status-Abbrev}\${Version}\\n'; echo held:; apt-mark showhold; echo auto:; apt-mark showauto
find ${folders.join(' ')} -type f -exec sha256sum {} + 2>/dev/null | sort -k 2`,
}
