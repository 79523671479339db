import { createHash } from 'node:crypto'
import type { Facts } from '../contracts/facts.js'
import { quote } from './quote.js'

/**
 * Shell functions that every frame of steps uses. `step` runs one step in a subshell unless something it needs did not
 * succeed, and tells how long it took, in hundredths of a second: that is what /proc/uptime has, without a process.
 * `watch` runs a command in a process group of its own under a watchdog: TERM when its time is up, KILL five seconds
 * later, and status 124. `going` asks for the loop as well: where that was killed its lock is stale, and what is left of
 * its frame must not go on beside the next run.
 */
export const stepLibrary = ({ stateFolder }: Facts): string => `
S=${quote(stateFolder)}
clock() {
t=0.00; { read -r t _ </proc/uptime; } 2>/dev/null
t=\${t%.*}\${t#*.}; case $t in 0*) t=0;; esac
}
report() {
set -- "$1" "$2" 0 0 "$3"
[ -s "$D/so" ] && set -- "$1" "$2" $(wc -c <"$D/so") 0 "$5"
[ -s "$D/se" ] && set -- "$1" "$2" "$3" $(wc -c <"$D/se") "$5"
[ "$3" -le 1048576 ] || set -- "$1" "$2" 1048576 "$4" "$5"
[ "$4" -le 1048576 ] || set -- "$1" "$2" "$3" 1048576 "$5"
echo "$1 $2 $3 $4 $5"
[ "$3" = 0 ] || head -c "$3" "$D/so"
[ "$4" = 0 ] || head -c "$4" "$D/se"
}
going() { ! [ -e "$D/stop" ] && kill -0 $$ 2>/dev/null; }
may() {
if ! going; then echo "$1 stopped 0 0"; return 1; fi
for d in $2; do [ -e "$D/k$d" ] || { echo "$1 skipped 0 0"; return 1; }; done
}
step() {
n=$1; may "$n" "$2" || return
shift 2
clock; b=$t
( "$@" ) >"$D/so" 2>"$D/se" </dev/null
r=$?
clock
[ $r = 0 ] && [ -n "$note" ] && : >"$D/k$n"
[ $r = 124 ] && [ -e "$D/late" ] && r=timeout
report "$n" $r $((t-b))
}
payload() { case $1 in *:*) tar -xOf "$D/\${1%%:*}" -- "\${1#*:}";; *) cat "$D/$1";; esac; }
fail() { printf '%s\\n' "$1" >&2; exit 1; }
${watchLibrary}`

/** `watch SECONDS COMMAND…`; the caller's standard input is the command's. */
export const watchLibrary = `
watch() {
rm -f "$D/late"
exec 5<&0
limit=$1; shift
setsid "$@" <&5 5<&- & g=$!
echo $g >"$D/group"
setsid sh -c 'sleep "$1"; : >"$2/late"; kill -TERM "-$3" || kill -TERM "$3"
for i in 1 2 3 4 5; do sleep 1; kill -0 "-$3" || exit; done; kill -KILL "-$3"' watch "$limit" "$D" $g </dev/null >/dev/null 2>&1 5<&- & w=$!
exec 5<&-
wait $g; r=$?
if [ -e "$D/late" ]; then wait $w; rm -f "$D/group"; return 124; fi
kill -KILL -$w 2>/dev/null || kill -KILL $w 2>/dev/null
wait $w 2>/dev/null
rm -f "$D/group"
return $r
}`

/** The scratch name of a kind's library: lower-case letters and digits. */
export const libraryName = (kind: string): string => `l${createHash('sha256').update(kind).digest('hex').slice(0, 12)}`

/** Run in a second shell: steps that have not begun will not begin. */
export const stopScript = (scratch: string): string => `: >${quote(`${scratch}/stop`)}`

/** Run in the shell itself: steps begin again. */
export const resumeScript = 'rm -f "$D/stop"'

/** Run in a second shell: stops, and ends the running step's process group by force. Prints nothing. */
export const killScript = (scratch: string): string => `
: >${quote(`${scratch}/stop`)}
read -r g <${quote(`${scratch}/group`)} || exit 0
kill -TERM "-$g"
for i in 1 2 3 4 5; do kill -0 "-$g" || exit 0; sleep 1; done
kill -KILL "-$g"`
