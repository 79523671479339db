import type { Ground } from './ground.js'

const folders = ['/etc/systemd/system', '/usr/local/lib/systemd', '/etc/init.d']
/** What services of the cases note, and the files that they are about. */
const notes = [
  'app.conf',
  'app.log',
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => `conf${n}`),
  'noreload.log',
  'noting.log',
  'worker',
].map((name) => `/srv/${name}`)
const boot = [0, 1, 2, 3, 4, 5, 6].map((level) => `/etc/rc${level}.d`)

const active =
  'systemctl list-units --state=active --plain --no-legend --type=service,socket,timer | cut -d" " -f1 | grep -v "^user\\|^run-\\|^session\\|^systemd-logind\\|nginx" | sort'

/** Units but for those of nginx, which one case installs: what of them is enabled or masked, what runs, and what services have noted of themselves. */
export const serviceGround: Ground = {
  keeps: [...folders, ...boot, ...notes, '/run/tries', '/run/script'],
  notes: `${active} >"$at.units"`,
  // What starts notes that, and so the files come once more.
  settles: `systemctl daemon-reload; systemctl reset-failed
${active} >/run/units
for unit in $(comm -13 "$at.units" /run/units); do systemctl -q stop "$unit"; done
for unit in $(comm -23 "$at.units" /run/units); do systemctl -q start "$unit" || :; done
files; systemctl daemon-reload`,
  shows: `${active}
systemctl list-unit-files --plain --no-legend --type=service,socket,timer | awk '!/nginx/ { print $1, $2 }'
find ${[...folders, ...boot].join(' ')} -printf '%p %y %m %u:%g %l\\n' 2>/dev/null | grep -v nginx | sort
find ${folders.slice(0, 2).join(' ')} -type f -exec sha256sum {} + 2>/dev/null | grep -v nginx | sort -k 2
for file in ${notes.join(' ')}; do [ -f "$file" ] && { echo "$file"; cat "$file"; echo; }; done; :`,
}
