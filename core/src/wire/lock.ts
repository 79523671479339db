import { ProveError } from '../error.js'
import { quote } from './quote.js'

/** Who holds the lock, as told to the one who comes second. */
export interface LockOwner {
  /** For people: `alice@laptop`. */
  readonly who: string
  /** ISO 8601. */
  readonly since: string
}

/**
 * Behind {@link placeScript}: takes the lock of the target, says so and goes on; or prints who holds it, and ends the script.
 *
 * The lock is a hard link to a complete file, so it appears at once and whole; the loop removes both. It is stale when its boot is
 * another one, or its process is gone or began at another time. What the run before left unfinished is then removed. A file that a
 * killed run of the same number left is removed before it is written: it may be one with a lock.
 */
export const lockScript = ({ who, since }: LockOwner): string => `
{ [ -d "$S" ] || mkdir -p "$S"; } && [ -w "$S" ] || { echo "unwritable $S"; exit 3; }
{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
start=$(b $$); taken=; [ -e "$S/lock.$$" ] && rm -f "$S/lock.$$"
printf '%s %s %s %s %s\\n' "$$" "$start" "\${boot:-unknown}" ${quote(since)} ${quote(who)} >"$S/lock.$$" || { echo "unwritable $S"; exit 3; }
for try in 1 2 3 4 5; do
if ln "$S/lock.$$" "$S/lock" 2>/dev/null; then
printf '%s\\n' "$S/lock" >"$D/lock"
for f in "$S"/ledger/.[0-9a-f]*; do [ -e "$f" ] && rm -f "$f"; done
for f in "$S"/lock.* "$S"/stale.*; do [ -e "$f" ] && [ "$(b "\${f##*.}")" = gone ] && rm -f "$f"; done
if [ -f "$S/unfinished" ]; then
while IFS= read -r f; do case \${f##*/} in .prove-*) rm -rf -- "$f";; esac; done <"$S/unfinished"; rm -f "$S/unfinished"; fi
echo taken; taken=1; break
fi
[ -f "$S/lock" ] || continue
pid=; was=; at=; when=; who=; read -r pid was at when who <"$S/lock"
if [ "$at" = "\${boot:-unknown}" ] && [ "$(b "$pid")" = "$was" ] && [ "$was" != gone ]; then
rm -f "$S/lock.$$"; echo "held $pid $when $who"; exit 2; fi
mv "$S/lock" "$S/stale.$$" 2>/dev/null && { pid2=; was2=; read -r pid2 was2 rest <"$S/stale.$$"
[ "$pid2 $was2" = "$pid $was" ] || ln "$S/stale.$$" "$S/lock" 2>/dev/null; rm -f "$S/stale.$$"; }
done
[ "$taken" ] || { rm -f "$S/lock.$$"; echo "unwritable $S"; exit 3; }`

/** Throws PRV_TARGET_LOCKED or PRV_TARGET_STATE_FOLDER unless the first line says that the lock was taken. */
export const assertLocked = (output: string): void => {
  const [line = ''] = output.split('\n')
  const [word, ...rest] = line.trim().split(' ')
  if (word === 'taken') return
  if (word === 'held') {
    const [pid, since, ...who] = rest
    throw new ProveError('PRV_TARGET_LOCKED', `${who.join(' ')} has been applying states here since ${since}`, {
      hint: `wait for that run to end, then run again; if its connection was lost, "kill ${pid}" there ends what it left`,
    })
  }
  throw new ProveError('PRV_TARGET_STATE_FOLDER', `the folder "${rest.join(' ')}" cannot be written`, {
    hint: 'make the folder writable, or run as a user who may write it',
  })
}
