import { quoteAll } from '@prove/core'
import type { InitSystem } from './init-system.js'
import { parseScriptServices } from './script-services.js'
import type { Activity } from './service-answer.js'

/**
 * A line for each service. OpenRC answers for one at a time, by its exit status; whether it is in a runlevel, and what it can, the
 * file system tells.
 */
const question = (names: readonly string[]): string => `
ask() { for n; do
s=absent e=no r=no
f=/etc/init.d/$n; [ -x "$f" ] || f=/usr/local/etc/init.d/$n
if [ -x "$f" ]; then
rc-service "$n" status >/dev/null 2>&1 </dev/null; s=$?
for l in /etc/runlevels/*/"$n"; do [ ! -e "$l" ] || e=yes; done
while IFS= read -r l; do case $l in
extra_started_commands=*reload*|extra_commands=*reload*) r=yes;; esac; done <"$f"
fi
echo "$n $s $e $r"
done; }
ask ${quoteAll(names)}`

/** By the exit status of `rc-service NAME status`. */
const activities: Readonly<Record<string, Activity>> = {
  '0': 'running',
  '3': 'stopped',
  '4': 'stopping',
  '8': 'starting',
  '16': 'stopped',
  '32': 'failed',
}

export const openrc: InitSystem = {
  question,
  // Whatever else a script answers means that it is not as it should be.
  parse: (output, names) => parseScriptServices(output, names, 'openrc', (status) => activities[status] ?? 'failed'),
}
