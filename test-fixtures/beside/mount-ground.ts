import type { Ground } from './ground.js'

/** What is mounted below `/mnt` and `/srv`, the first first: where, of what type, from where in it, and with what options; of no other file system than those in memory all of these. */
const mounts = String.raw`awk '$5 ~ "^/(mnt|srv)/" { for (i = 7; $i != "-"; i++); type = $(i + 1)
print $5, type, $4, $6 (type == "tmpfs" ? "," $(i + 3) : ""), (type == "tmpfs" ? $(i + 2) : "") }' /proc/self/mountinfo`

/**
 * The file of mounts, what is mounted, and what is in it. A case may begin with file systems in memory and directories at another
 * place, and with a process whose number is in `/run/holder` that holds one.
 */
export const mountGround: Ground = {
  keeps: ['/etc/fstab', '/mnt', '/srv', '/run/holder'],
  notes: `${mounts} >"$at.mounts"
holder=$(cat /run/holder 2>/dev/null) && [ -d "/proc/$holder" ] && readlink "/proc/$holder/cwd" >"$at.held" || :`,
  // What was unpacked before that went into whatever was mounted then.
  settles: String.raw`cd /; for one in /proc/[0-9]*; do case $(readlink "$one/cwd") in /mnt*|/srv*) kill "$(basename "$one")";; esac; done 2>/dev/null
${mounts} | tac | while read -r path _; do umount "$(printf '%b' "$path")"; done
files
while read -r path type from options source; do path=$(printf '%b' "$path"); mkdir -p "$path"
case $type in tmpfs) mount -t tmpfs -o "$options" "$source" "$path";; *) mount --bind "$(printf '%b' "$from")" "$path" && mount -o "remount,bind,$options" "$path";; esac; done <"$at.mounts"
cd / && tar -xpf "$at.tar" 2>/dev/null
[ -e "$at.held" ] && { cd "$(cat "$at.held")" && { setsid sleep 1000 >/dev/null 2>&1 & } ; echo $! >/run/holder; cd /; }
systemctl daemon-reload`,
  shows: `cat /etc/fstab; echo; ${mounts} | sort
find /mnt /srv -printf '%p %y %m %u:%g %l\\n' | sort; find /mnt /srv -type f -exec sha256sum {} + | sort -k 2`,
}
