/**
 * Shell functions of the steps on accounts: the tools of the shadow suite, or where those are missing the smaller ones that busybox
 * has of its own. An empty word leaves out what it stands for.
 */
export const accountLibrary = (): string => `
has() { command -v "$1" >/dev/null 2>&1; }
user_add() { # NAME UID GROUP GROUPS HOME SHELL COMMENT SYSTEM CREATE-HOME OWN-GROUP
if has useradd; then
name=$1 create=$9 own=\${10}
set -- "$2" "$3" "$4" "$5" "$6" "$7" "$8"
for flag in -u -g -G -d -s -c; do
[ -z "$1" ] || set -- "$@" "$flag" "$1"
shift
done
[ -z "$1" ] || set -- "$@" -r
shift
[ -z "$own" ] || set -- "$@" -U
if [ -n "$create" ]; then set -- "$@" -m; else set -- "$@" -M; fi
useradd "$@" -- "$name"
else
name=$1 group=$3 groups=$4 system=$8 create=$9
if [ -n "\${10}" ]; then group=$name; addgroup \${system:+-S} \${2:+-g "$2"} "$name" || return; fi
set -- "$2" "$group" "$5" "$6" "$7"
for flag in -u -G -h -s -g; do
[ -z "$1" ] || set -- "$@" "$flag" "$1"
shift
done
[ -z "$system" ] || set -- "$@" -S
[ -n "$create" ] || set -- "$@" -H
adduser -D "$@" "$name" || return
while [ -n "$groups" ]; do
group_join "\${groups%%,*}" "$name" || return
case $groups in *,*) groups=\${groups#*,};; *) groups=;; esac
done
fi
}
user_remove() { # NAME REMOVE-HOME
if has userdel; then userdel \${2:+-r} -- "$1"; else deluser \${2:+--remove-home} "$1"; fi
}
user_end() { # NAME: its processes, first asked and then forced
u=$(id -u "$1") && [ "$u" != 0 ] || fail "there is no such user, or it is root"
for signal in TERM TERM TERM TERM TERM KILL KILL KILL; do
busy=
for p in /proc/[0-9]*; do
while read -r k v _; do case $k in
State:) [ "$v" != Z ] || break;;
Uid:) [ "$v" != "$u" ] || { busy=y; kill -$signal "\${p#/proc/}"; }; break;;
esac; done <"$p/status"
done 2>/dev/null
[ -n "$busy" ] || return 0
sleep 1
done
fail "processes of \\"$1\\" do not end"
}
group_add() { # NAME GID SYSTEM
if has groupadd; then groupadd \${2:+-g "$2"} \${3:+-r} -- "$1"; else addgroup \${2:+-g "$2"} \${3:+-S} "$1"; fi
}
group_remove() { if has groupdel; then groupdel -- "$1"; else delgroup "$1"; fi; }
group_join() { if has gpasswd; then gpasswd -a "$2" -- "$1"; else addgroup "$2" "$1"; fi; }
group_leave() { if has gpasswd; then gpasswd -d "$2" -- "$1"; else delgroup "$2" "$1"; fi; }
home_make() { # HOME OWNER:GROUP MODE
( umask 022; mkdir -p -- "\${1%/*}/" ) && mkdir -m 0700 -- "$1" || return
[ ! -d /etc/skel ] || cp -R -p /etc/skel/. "$1/" || return
chown -R -- "$2" "$1" && chmod "$3" "$1"
}
password_set() { # PAYLOAD
payload "$1" | chpasswd -e
}
password_lock() { passwd -l "$1"; }
password_unlock() { passwd -u "$1"; }`
