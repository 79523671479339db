import { quoteAll } from '@prove/core'
import type { InitSystem } from './init-system.js'
import { parseScriptServices } from './script-services.js'
import type { Activity } from './service-answer.js'

/**
 * A line for each service: the exit status of its script, whether a runlevel from 2 to 5 starts it, and whether its script has a
 * branch for "reload".
 */
const question = (names: readonly string[]): string => `
ask() { for n; do
s=absent e=no r=no
f=/etc/init.d/$n
if [ -x "$f" ]; then
"$f" status >/dev/null 2>&1 </dev/null; s=$?
for l in /etc/rc[2345].d/S[0-9][0-9]"$n" /etc/rc.d/rc[2345].d/S[0-9][0-9]"$n"; do [ ! -e "$l" ] || e=yes; done
grep -Eq '(^|[[:space:]|("])reload("?[|)]|"? *\\|)' "$f" && r=yes
fi
echo "$n $s $e $r"
done; }
ask ${quoteAll(names)}`

/** As scripts answer by the Linux Standard Base: 1 and 2 mean that it died and left a file behind. */
const activities: Readonly<Record<string, Activity>> = { '0': 'running', '1': 'failed', '2': 'failed', '3': 'stopped' }

export const sysvinit: InitSystem = {
  question,
  parse: (output, names) => parseScriptServices(output, names, 'sysvinit', (status) => activities[status]),
}
