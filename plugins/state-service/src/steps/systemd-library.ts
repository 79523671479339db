/**
 * Shell functions for services of systemd. That systemd has started a simple service says nothing: it may be dead a moment later. So
 * it must stay up for a second, in one and the same invocation. Types that tell themselves when they are ready need no such look.
 */
export const systemdLibrary = `
systemd_look() { # UNIT: sets type, state, sub, result, status, run
type= state= sub= result= status=0 run=
systemctl show --no-pager -p Type,ActiveState,SubState,Result,ExecMainStatus,InvocationID -- "$1" >"$D/look"
while IFS='=' read -r k v; do case $k in
Type) type=$v;; ActiveState) state=$v;; SubState) sub=$v;; Result) result=$v;; ExecMainStatus) status=$v;; InvocationID) run=$v;;
esac; done <"$D/look"
}
systemd_words() { # UNIT SINCE: the last words of the service itself
journalctl --sync 2>/dev/null
journalctl -q --no-pager -o short -u "$1" --since "@$2" -n 40 2>/dev/null | grep -v ' systemd\\[1\\]: ' | sed 's/^[^]]*\\]: //' | cut -c1-150 | tail -n 2 >&2
}
systemd_stays() { # UNIT ACTION SECONDS SINCE
systemd_look "$1"
case $2:$type in
*:simple|*:exec|*:idle) ;;
reload:notify|reload:dbus|reload:forking) ;;
*) return 0;;
esac
n=0
while :; do
before=$run; sleep 1; n=$((n+1)); systemd_look "$1"
case $state in active|reloading|refreshing) [ "$run" != "$before" ] || return 0;; esac
case $state in failed|inactive) break;; esac
[ $n -lt "$3" ] || break
done
how="$state"; [ "$result" = success ] || how="$result"
if [ "$state" = active ] || [ "$sub" = auto-restart ]; then echo "it does not stay up ($how, exit status $status): systemd starts it again and again" >&2
else echo "it did not stay up ($how, exit status $status)" >&2; fi
systemd_words "$1" "$4"
case $status in 0|124) return 1;; *) return "$status";; esac
}
systemd_control() { # ACTION UNIT SECONDS LIMIT
since=$(date +%s)
watch "$4" systemctl --no-pager --no-ask-password "$1" -- "$2" 2>"$D/said"; r=$?
case $1:$r in start:0|restart:0|reload:0) systemd_stays "$2" "$1" "$3" "$since"; return;; *:0) return 0;; esac
grep -v '^See ' "$D/said" >&2
case $1 in start|restart|reload) systemd_words "$2" "$since";; esac
return $r
}
systemd_load() { # UNIT-PATTERN FILE: only where a unit is not what systemd has in mind; without a FILE that is known
need=; have=
[ -n "$2" ] || need=y
systemctl show --no-pager -p FragmentPath,DropInPaths,NeedDaemonReload -- "$1" >"$D/look"
while IFS='=' read -r k v; do case $k in
FragmentPath) have=" $v ";;
DropInPaths) have="$have$v ";;
NeedDaemonReload) [ "$v" = no ] || need=y
case $have in *" $2 "*) [ -e "$2" ] || need=y;; *) [ ! -e "$2" ] || need=y;; esac;;
esac; done <"$D/look"
[ -z "$need" ] || systemctl daemon-reload
}`
