import { downloadLibrary } from './download.js'

/**
 * Shell functions that fill a directory out of an archive. It is unpacked into a folder that nobody else may enter, looked through there,
 * and moved when it is as it shall be: what an archive names outside of that folder is never made. That rests on the tools as well:
 * tar and unzip make no link before what is below its name, and no hard link to outside.
 */
export const extractLibrary = `${downloadLibrary}
need() { command -v "$1" >/dev/null 2>&1 || fail "unavailable: $1"; }
entries() { # DIRECTORY COMMAND…: runs it for each entry, with its path
for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do if [ -e "$e" ] || [ -L "$e" ]; then "$2" "$e" "$3" || return; fi; done
}
local_archive() { # PATH SHA256
if [ -L "$1" ] || ! [ -f "$1" ]; then fail "\\"$1\\" is no regular file any more"; fi
s=$(sha256sum <"$1"); [ "\${s%% *}" = "$2" ] || fail "\\"$1\\" was changed by somebody else meanwhile"
archive=$1
}
sent_archive() { archive=$work/archive; payload "$1" >"$archive"; }
fetched_archive() { archive=$work/archive; downloaded "$archive" "$@" >"$archive"; }

kind_of() { # FILE NAME
case $(od -An -v -tx1 -N 262 <"$1" | tr -d ' \\n') in
504b0304*|504b0506*|504b0708*) echo zip;;
1f8b*) echo gzip;;
425a68*) echo bzip2;;
fd377a585a00*) echo xz;;
28b52ffd*) echo zstd;;
*7573746172) echo tar;;
*) case $2 in *.tar) echo tar;; esac;;
esac
}
# What some tools do with names and links to outside: they make something else of them, and say so.
tame() { grep -i -e 'removing leading' -e 'unsafe symlink' said | head -n 1; }
unpack() { # LIMIT NAME: into "out"
kind=$(kind_of "$archive" "$2")
limit=$1
: >said
case $kind in
'') fail 'it is no archive: neither tar (plain, or with gzip, bzip2, xz, zstd) nor zip';;
zip) need unzip
warns=1
if ! LC_ALL=C.UTF-8 unzip -Z1 "$archive" >names 2>/dev/null; then
warns=0
unzip -l "$archive" >names 2>said || { r=$?; cat said >&2; return $r; }
sed -i -e '1,3d' -e 's/^ *[0-9]* *[0-9-]* *[0-9:]* *//' names; fi;;
tar) need tar; tar=$archive;;
*) need tar; need $kind; tar=$work/tar; watch $limit $kind -dc <"$archive" >"$tar" || return;;
esac
[ $kind = zip ] || watch $limit tar -tf "$tar" >names 2>said || { r=$?; cat said >&2; return $r; }
bad=$(grep -E -e '^/' -e '(^|[/\\\\])\\.\\.([/\\\\]|$)' names | head -n 1)
[ -n "$bad" ] || bad=$(tame)
[ -z "$bad" ] || fail "the archive has something outside of the destination: $bad"
mkdir out
umask 022
if [ $kind = zip ]; then
r=0; LC_ALL=C.UTF-8 watch $limit unzip -qq -o "$archive" -d out 2>said || r=$?
[ $r -gt $warns ] || r=0 # 1 of Info-ZIP: it is done, with a warning
else
case $(tar --version 2>/dev/null) in *GNU*) keep=--no-same-permissions;; *) keep=; esac
r=0; watch $limit tar -xf "$tar" -C out -o $keep 2>said || r=$?
fi
bad=$(tame)
[ -z "$bad" ] || fail "the archive has something outside of the destination: $bad"
cat said >&2
[ $r = 0 ] || return $r
umask 077
rm -f "$work/archive" "$work/tar"
}

strip_level() { # N
[ "$1" -gt 0 ] || return 0
mkdir next && entries out lift next || return
chmod -R u+rwX out && rm -rf out && mv next out && strip_level $(($1-1))
}
lift() { if [ -d "$1" ] && ! [ -L "$1" ]; then chmod u+rwx "$1" && conflicts "$1" "$2" && merge "$1" "$2"; fi; }

chosen() { # INCLUDE EXCLUDE: files of expressions, one a line; those that are empty say nothing
( cd out && find . -depth ! -name . ) | sed 's,^\\./,,' >all
: >drop
[ ! -s "$1" ] || LC_ALL=C.UTF-8 grep -v -E -f "$1" all >>drop
[ ! -s "$2" ] || LC_ALL=C.UTF-8 grep -E -f "$2" all >>drop
[ -s drop ] || return 0
while IFS= read -r l; do if [ -d "out/$l" ] && ! [ -L "out/$l" ]; then printf 'out/%s\\0' "$l" >>drop.d; else printf 'out/%s\\0' "$l" >>drop.f; fi; done <drop
[ ! -e drop.f ] || xargs -0 rm -f -- <drop.f || return
# What something is left in stays.
[ ! -e drop.d ] || xargs -0 rmdir -- <drop.d 2>/dev/null
return 0
}

looked_through() {
bad=$(find out -name '*
*' | head -n 1)
[ -z "$bad" ] || fail "the archive has a name with a line break: $bad"
bad=$(find out ! -type f ! -type d ! -type l | head -n 1)
[ -z "$bad" ] || fail "the archive has something that is neither a file, nor a directory, nor a link: $bad"
}
inner_links() { # a link that leads up must do so at its beginning, and no further than to the top
( cd out && find . -type l ) | while IFS= read -r l; do
t=$(readlink "out/$l"); d=\${l#./}
while :; do case $t in
./*) t=\${t#./};;
../*|..) case $d in */*) d=\${d%/*};; *) t=/; break;; esac; case $t in ..) t=.;; *) t=\${t#../};; esac;;
*) break;;
esac; done
case $t in /*|../*|*/../*|*/..|..) echo "$l -> $(readlink "out/$l")";; esac
done >bad
[ ! -s bad ] || fail "the archive has a link out of the destination: $(sed -n '1s,^\\./,,p' bad)"
}

conflicts() { entries "$1" conflict "$2"; }
conflict() { # ENTRY DIRECTORY
set -- "$1" "$2" "$2/\${1##*/}"
if [ -d "$1" ] && ! [ -L "$1" ]; then
if [ -L "$3" ]; then fail "\\"$3\\" is a symbolic link, and the archive has a directory there"
elif [ -d "$3" ]; then conflicts "$1" "$3"
elif [ -e "$3" ]; then fail "\\"$3\\" is a file, and the archive has a directory there"; fi
elif [ -d "$3" ] && ! [ -L "$3" ]; then fail "\\"$3\\" is a directory, and the archive has something else there"
fi
}
merge() { # FROM TO: many files at once, then directories that are there already
( to=$2; set -- "$1"
for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do
if [ -L "$e" ] || { [ -e "$e" ] && ! { [ -d "$e" ] && [ -d "$to/\${e##*/}" ]; }; }; then set -- "$@" "$e"; fi
if [ $# -gt 400 ]; then f=$1; shift; mv -f -- "$@" "$to/" || exit; set -- "$f"; fi
done
shift; [ $# = 0 ] || mv -f -- "$@" "$to/" ) && entries "$1" merge_directory "$2"
}
merge_directory() { merge "$1" "$2/\${1##*/}"; }

archive_extract() { # PATH WORK BRING LIMIT NAME STRIP INCLUDE EXCLUDE OWNER:GROUP FILE-MODE DIRECTORY-MODE STAMP TEXT PARENTS
[ -z "\${14}" ] || parents "$1" || return
work=$2
[ ! -d "$work" ] || chmod -R u+rwX "$work"
rm -rf -- "$work"; mkdir -m 0700 -- "$work" || return
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf -- "$work"' EXIT
cd "$work" || return
printf %s "$7" >include; printf %s "$8" >exclude
eval "$3" || return
unpack "$4" "$5" || return
find out -type d ! -perm -700 -exec chmod u+rwx {} \\; && chmod -R go-w,ug-s out || return
looked_through
strip_level "$6" || return
inner_links
chosen include exclude || return
[ -n "$(ls -A out)" ] || fail 'nothing of the archive is left to extract'
printf %s "\${13}" >stamp
chmod 0644 stamp && chmod "\${11:-0755}" out || return
if [ -n "\${10}" ]; then find out -type f -exec chmod "\${10}" {} + || return; fi
if [ -n "$9" ]; then chown -hR -- "$9" out stamp || return; fi
if ! [ -e "$1" ] && ! [ -L "$1" ]; then
mv -fT stamp "out/\${12}" && modes "\${11}" && mv -T -- "$work/out" "$1"
else
[ -d "$1" ] && ! [ -L "$1" ] || fail "\\"$1\\" is no directory any more"
conflicts "$work/out" "$1"
not_directory "$1/\${12}"
modes "\${11}" && rm -f -- "$1/\${12}" && merge "$work/out" "$1" && mv -fT -- "$work/stamp" "$1/\${12}"
fi
}
modes() { [ -z "$1" ] || find out -depth -type d -exec chmod "$1" {} +; }`
