/** Bytes of each output stream that an answer carries at most; the rest is cut, and the lengths say so. All reads of a round are one answer. */
export const outputLimit = 32 * 1024 * 1024

/** Uploads of so many bytes do not go to memory, which /run and /dev/shm mostly are. */
const largeUpload = 8 * 1024 * 1024

/**
 * The loop that serves frames on the target, as one line of POSIX shell.
 *
 * It is sent after the hello and read with `read -r`, which takes no byte more than the line: shells that read
 * their own script from standard input read ahead. `take` yields exactly n bytes: `head -c` where it does not read
 * ahead, else dd. A frame is a header line and n bytes: `w` puts them into scratch, `x` runs them. A script runs only
 * when all of it arrived, with no way to the stream, and never as the loop itself. `m` sends no more than was
 * announced: a child in the background may still be writing. So each script has output files of its own; they are emptied when they
 * were sent, by the shell itself: a process for each script would cost more than their names do.
 *
 * Scratch is in the first of three folders where a file can be written: on a full disk folders can still be made. A large upload
 * gets a place on disk where there is one. All of it is removed by the exit trap; what a killed shell left behind, by the next one.
 * The folder's name holds pid and start time for that. A process that only waits to be reaped counts as gone: an init that reaps
 * none would keep it for good.
 */
const loopLines = [
  'LC_ALL=C; export LC_ALL; umask 077; exec 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null;',
  'p() { printf abcdef | { "$@" >/dev/null 2>&1; cat; }; };',
  'if [ "$(p head -c 3)" = def ]; then take() { head -c "$1" <&3; };',
  'elif [ "$(p dd bs=3 count=1 iflag=fullblock)" = def ]; then',
  'take() { dd bs=65536 count=$(($1/65536)) iflag=fullblock <&3; dd bs=$(($1%65536)) count=1 iflag=fullblock <&3; };',
  'else take() { dd ibs=1 obs=65536 count="$1" <&3; }; fi;',
  'b() { read -r s <"/proc/$1/stat" || s=gone; s=${s##*)}; set -- $s; case $1 in [ZX]) set --; esac; echo "${20-gone}"; };',
  'for d in /run /dev/shm /tmp /var/tmp; do for o in "$d"/prove.*.*.*; do',
  '[ -d "$o" ] && [ -O "$o" ] && ! [ -L "$o" ] || continue;',
  'i=${o##*/prove.}; q=${i%%.*}; i=${i#*.};',
  'case $q in ""|*[!0-9]*) continue;; esac;',
  '[ "$(b "$q")" = "${i%%.*}" ] || rm -rf "$o"; done; done;',
  'D=; for d in /run /dev/shm /tmp; do D=$(mktemp -d "$d/prove.$$.$(b $$).XXXXXX") || continue;',
  'echo >"$D/.o" && [ -s "$D/.o" ] && break; rm -rf "$D"; D=; done;',
  'B=; v() { [ -n "$B" ] || B=$(mktemp -d "/var/tmp/prove.$$.$(b $$).XXXXXX") && ln -s "$B/$t" "$f" && f=$B/$t; };',
  'z() { l=; [ -f "$D/lock" ] && read -r l <"$D/lock"; rm -rf ${l:+"$l" "$l.$$"} "$D" ${B:+"$B"}; };',
  "trap z EXIT; trap 'exit 99' HUP INT TERM PIPE;",
  '[ -n "$D" ] || { echo "scratch none" >&4; exit 94; };',
  'echo "ready $$ $D" >&4;',
  `m() { [ "$2" = 0 ] || head -c "$(($2<${outputLimit}?$2:${outputLimit}))" "$1"; };`,
  'c=0; while read -r k n t <&3; do',
  'case $n in ""|*[!0-9]*) exit 90;; esac;',
  'case $t in ""|*[!a-z0-9]*) exit 90;; esac;',
  'case $k in',
  `w) f=$D/$t; [ "$n" -lt ${largeUpload} ] || v; take "$n" | { cat >"$f" || cat; };;`,
  'x) s=$(take "$n"; echo .); s=${s%.}; [ "${#s}" -eq "$n" ] || exit 91; c=$((c+1)); o=$D/.o$c; e=$D/.e$c;',
  '( exec 3<&- 4>&-; eval "$s" ) >"$o" 2>"$e"; r=$?;',
  '[ -f "$o" ] && [ -f "$e" ] || exit 95;',
  'set -- $(wc -c "$o" "$e");',
  '{ echo "$t $r $1 $3"; m "$o" "$1"; m "$e" "$3"; } >&4 || exit 93; : >"$o" >"$e";;',
  '*) exit 92;;',
  'esac; done',
]

export const loop = loopLines.join(' ')

/** What the loop's exit statuses mean. */
export const loopExits: Readonly<Record<number, string>> = {
  90: 'the target received a damaged frame header',
  91: 'the target received a damaged script and did not run it',
  92: 'the target received a frame of an unknown kind',
  93: 'the target could not send its answer',
  94: 'no folder on the target has room to work in',
  95: 'the scratch folder on the target is full or was removed',
}
