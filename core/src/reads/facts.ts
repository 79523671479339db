import type { Facts } from '../contracts/facts.js'
import { quoteAll } from '../wire/quote.js'

/** Sets `i` to what `id` says, `u` to the number of the user, and S to where Prove keeps its lock and ledger. */
export const placeScript = `
i=$(id); u=\${i#uid=}; u=\${u%%[!0-9]*}
if [ "$u" = 0 ]; then S=/var/lib/prove; else S=\${XDG_STATE_HOME:-\${HOME:-/tmp}/.local/state}/prove; fi`

/** Prints a line for each of these programs that is there. */
export const toolsScript = (tools: readonly string[]): string =>
  `for t in ${quoteAll(tools)}; do command -v "$t" >/dev/null && printf 'tool %s\\n' "$t"; done
:`

/**
 * Behind {@link placeScript}: prints one `key value` a line, with few processes: each costs the target more than the rest. `n` takes the
 * name, or else the number, off the front of what `id` says. `tools` are the programs that plugins asked for.
 */
export const factsScript = (tools: readonly string[]): string => `
f() { printf '%s %s\\n' "$1" "$2"; }
set -- $(uname -srm)
f kernel "$1"; f kernelVersion "$2"; f arch "$3"
{ read -r h </proc/sys/kernel/hostname; } 2>/dev/null || h=$(uname -n); f hostname "$h"
[ -r /etc/os-release ] && while IFS='=' read -r k v; do v=\${v#[\\"\\']}; v=\${v%[\\"\\']}
case $k in ID) f os "$v";; VERSION_ID) f osVersion "$v";; esac; done </etc/os-release
n() { v=\${2%%[!0-9]*}; case \${2#"$v"} in '('*) v=\${2#*'('}; v=\${v%%')'*};; esac; f "$1" "$v"; }
n user "\${i#uid=}"; n group "\${i#* gid=}"; f uid "$u"; f home "\${HOME:-/}"
{ read -r b </proc/sys/kernel/random/boot_id; } 2>/dev/null; f boot "\${b:-unknown}"
[ "$(stat --printf=%a / 2>/dev/null)" ] && f dialect gnu || f dialect busybox
f stateFolder "$S"
${toolsScript(tools)}`

/** Reads what {@link factsScript} printed; unknown keys are passed over, missing ones are empty. */
export const parseFacts = (output: string): Facts => {
  const values = new Map<string, string>()
  const tools: string[] = []
  for (const line of output.split('\n')) {
    const space = line.indexOf(' ')
    if (space < 0) continue
    const key = line.slice(0, space)
    const value = line.slice(space + 1)
    if (key === 'tool') tools.push(value)
    else values.set(key, value)
  }
  const text = (key: string): string => values.get(key) ?? ''
  return {
    hostname: text('hostname'),
    kernel: text('kernel'),
    kernelVersion: text('kernelVersion'),
    arch: text('arch'),
    os: text('os'),
    osVersion: text('osVersion'),
    user: text('user'),
    uid: Number(text('uid') || -1),
    group: text('group'),
    home: text('home'),
    boot: text('boot'),
    dialect: text('dialect') === 'gnu' ? 'gnu' : 'busybox',
    tools,
    stateFolder: text('stateFolder'),
  }
}

/** Whether a record of remembered facts holds all the basic ones; others may stand beside them. */
export const isFacts = (
  record: Readonly<Record<string, unknown>>,
): record is Readonly<Record<string, unknown>> & Facts =>
  Object.entries(parseFacts('')).every(([name, empty]) => {
    const value = record[name]
    return typeof value === typeof empty && Array.isArray(value) === Array.isArray(empty)
  }) && ['gnu', 'busybox'].includes(String(record['dialect']))
