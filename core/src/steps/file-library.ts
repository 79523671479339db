import type { Dialect, Facts } from '../contracts/facts.js'

/** Unpacks files that become of now: of the archive they are of 1970, so that equal ones make an equal one. Not every busybox has `-m`. */
const unpackNow = (dialect: Dialect): string =>
  dialect === 'gnu' ? 'tar -xpmof "$D/$a"' : 'tar -xpof "$D/$a" && touch -- "$@"'

/**
 * Shell functions of the file steps. A new content is made complete beside its place, with the owner, mode, and where
 * the tools can, the ACL and label that it will have; then it is renamed. What cannot be done is said in one line.
 */
export const fileLibrary = ({ dialect }: Facts): string => `
${dialect === 'gnu' ? 'keep() { cp -P --preserve=all -- "$1" "$2"; }' : 'keep() { cp -P -p "$1" "$2"; }'}
not_link() { ! [ -L "$1" ] || fail "\\"$1\\" is a symbolic link"; }
not_directory() { if [ -d "$1" ] && ! [ -L "$1" ]; then fail "\\"$1\\" is a directory"; fi; }
parents() { ( umask 022; mkdir -p -- "\${1%/*}/" ); }
attributes() { # PATH OWNER:GROUP MODE; an empty word leaves it. chown first: it clears set-id bits.
[ -z "$2" ] || chown -- "$2" "$1" || return
[ -z "$3" ] || chmod -- "$3" "$1"
}
place() { # TEMPORARY PATH; a bind-mounted file cannot be replaced and is written in place
mv -fT -- "$1" "$2" 2>"$D/why" && return
case $(cat "$D/why") in *[Bb]usy*) cat "$1" >"$2" && rm -f -- "$1" && echo "written in place: \\"$2\\" is a mount point" && return;; esac
cat "$D/why" >&2; rm -f -- "$1"; return 1
}
bring() { case $1 in '!'*) eval "\${1#?}";; *) payload "$1";; esac; }
file_write() { # PATH TEMPORARY PAYLOAD-OR-!TEXT SIZE SHA256 OWNER:GROUP MODE NEW-MODE REPLACE-LINK PARENTS BACKUP VALIDATE REPLACES CONFIRM
not_directory "$1"
if [ -L "$1" ] && [ -z "$9" ]; then not_link "$1"; fi
[ -z "\${10}" ] || parents "$1" || return
new=$2 # a trap sees the words of its caller, not of this function
rm -rf -- "$new" || return
trap 'rm -rf -- "$new" "$new.old"' EXIT
if [ -n "\${13}" ]; then s=$(sha256sum <"$1") && [ "\${s%% *}" = "\${13}" ] || fail "\\"$1\\" was changed by somebody else meanwhile"; fi
mode=$7
if [ -f "$1" ] && ! [ -L "$1" ]; then keep "$1" "$2" || return; else : >"$2" || return; mode=\${7:-$8}; fi
bring "$3" >"$2" || return
if [ -n "$5" ]; then
[ $(wc -c <"$2") -eq "$4" ] || fail 'the upload is not complete: is there room in /run and in /var/tmp?'
s=$(sha256sum <"$2"); [ "\${s%% *}" = "$5" ] || fail 'the upload is damaged'
fi
attributes "$2" "$6" "$mode" || return
if [ -n "\${12}" ]; then eval "\${12}" || { r=$?; echo "the new content was refused by its validate command" >&2; return $r; }; fi
if [ -n "\${11}" ] && [ -f "$1" ] && ! [ -L "$1" ]; then keep "$1" "\${11}" || return; fi
confirmed place "$2" "$1" "\${14}"
}
confirmed() { # PLACE TEMPORARY PATH COMMAND; PLACE is the function that puts what is at TEMPORARY at PATH, and back
if [ -z "$4" ]; then "$1" "$2" "$3"; return; fi
was=
if [ -e "$3" ] || [ -L "$3" ]; then was=y; rm -rf -- "$2.old" && keep "$3" "$2.old" || return; fi
"$1" "$2" "$3" || return
eval "$4" && return
r=$?
if [ -n "$was" ]; then "$1" "$2.old" "$3"; else rm -f -- "$3"; fi && echo 'it was taken back: the command that confirms it failed' >&2
return $r
}
file_directory() { # PATH OWNER:GROUP MODE PARENTS
[ -z "$4" ] || parents "$1" || return
mkdir -m 0700 -- "$1" && attributes "$1" "$2" "$3"
}
file_attributes() { not_link "$1"; attributes "$1" "$2" "$3"; }
# mv will not put a link in place of the file it leads to
place_link() { mv -fT -- "$1" "$2" 2>/dev/null || { rm -f -- "$2" && mv -fT -- "$1" "$2"; }; }
file_link() { # PATH TEMPORARY TARGET OWNER:GROUP PARENTS CONFIRM
not_directory "$1"
[ -z "$5" ] || parents "$1" || return
new=$2
rm -rf -- "$new" && ln -s -- "$3" "$new" || return
trap 'rm -rf -- "$new" "$new.old"' EXIT
[ -z "$4" ] || chown -h -- "$4" "$2" || return
confirmed place_link "$2" "$1" "$6"
}
file_remove() { # PATH RECURSE TEMPORARY CONFIRM
if [ -n "$4" ]; then
not_directory "$1"
rm -rf -- "$3.old" && mv -fT -- "$1" "$3.old" || return
eval "$4" || { r=$?; mv -fT -- "$3.old" "$1" && echo 'it was put back: the command that confirms it failed' >&2; return $r; }
rm -f -- "$3.old"; return
fi
if ! [ -d "$1" ] || [ -L "$1" ]; then rm -f -- "$1"
elif [ -z "$2" ]; then rmdir -- "$1"
else rm -rf ${dialect === 'gnu' ? '--one-file-system ' : ''}-- "$1"; fi
}
file_batch() { # DIRECTORY ARCHIVE HASHES OWNER:GROUP NAME…: new files of one directory
d=$1; new=$1/.prove-batch; a=$2; h=$3; o=$4; shift 4
[ -d "$d" ] && ! [ -L "$d" ] || return
for f; do ! [ -e "$d/$f" ] && ! [ -L "$d/$f" ] || return; done
rm -rf -- "$new"; mkdir -m 0700 -- "$new" && cd "$new" || return
trap 'rm -rf -- "$new"' EXIT
${unpackNow(dialect)} && printf %s "$h" | sha256sum -c >/dev/null || return
[ -z "$o" ] || chown -- "$o" "$@" || return
mv -f -- "$@" ../
}`
