/** Seconds that one run of a package manager may take, downloads included. */
export const runSeconds = 3600

/**
 * Shell functions of every package manager. Whoever holds a lock is waited for; lists that name what is gone by now are fetched again,
 * once; and what failed for the sake of other packages has not failed.
 */
export const changeLibrary = `
pm_left() { l=$((until-$(date +%s))); [ "$l" -ge 0 ] || l=0; echo "$l"; }
pkg_patiently() {
while :; do
"$@"; r=$?
[ $r != 0 ] && pm_locked && [ "$(pm_left)" -gt 0 ] || return $r
sleep 1
done
}
pkg_has() { for a; do
v=$(pm_version "\${a%%[=!]*}"); [ -n "$v" ] || return 1
case $a in *=*) [ "$v" = "\${a#*=}" ] || return 1;; *!*) [ "$v" != "\${a#*!}" ] || return 1;; esac
done; }
pkg_said() { # what the package manager said: at the end, what a person needs to know
cat "$D/po"; pm_words >&2
if pm_locked; then h=$(pm_holder); echo "waited $1 s for a lock\${h:+: $h}" >&2; fi
}
pkg_change() { # LOCK UPDATE RELEASE HOLD AIMS PAYLOAD SIZE SHA256 WORD…
pm_seconds=${runSeconds}; until=$(($(date +%s)+$1)); lock=$1; update=$2; release=$3; hold=$4; aims=$5; payload=$6; size=$7; sha=$8; shift 8
pm_environment
if [ -n "$payload" ]; then
case $payload in *:*) payload "$payload" >"$D/package.$pm_suffix" || return;; *) ln -sf "$D/$payload" "$D/package.$pm_suffix";; esac
[ $(wc -c <"$D/package.$pm_suffix") -eq "$size" ] || fail 'the upload is not complete: is there room in /run?'
s=$(sha256sum <"$D/package.$pm_suffix"); [ "\${s%% *}" = "$sha" ] || fail 'the upload is damaged'
fi
if [ -n "$update" ] && ! pkg_patiently pm_update; then pkg_said "$lock"; echo 'the package lists could not be fetched' >&2; fi
[ -z "$release" ] || pm_release $release || return
if [ $# -gt 0 ]; then
if [ -n "$payload" ]; then set -- "$@" "$D/package.$pm_suffix"; fi
pkg_patiently pm "$@"; r=$?
if [ $r != 0 ] && [ -z "$update" ] && pm_stale && pkg_patiently pm_update; then pkg_patiently pm "$@"; r=$?; fi
pkg_said "$lock"
if [ $r != 0 ]; then
[ -n "$aims" ] && pkg_has $aims || return $r
echo "ended with $r for the sake of other packages" >&2
fi
fi
[ -z "$hold" ] || pm_hold $hold
}`
