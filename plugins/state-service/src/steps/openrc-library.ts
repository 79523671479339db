/** Shell functions for services of OpenRC. One that has died counts as started until it is told otherwise: zap does. */
export const openrcLibrary = `
openrc_quiet() { # COMMAND…: its words only where it fails
"$@" >"$D/said" 2>&1 && return; r=$?
grep -v '^ *\\[ !! \\]$' "$D/said" >&2; return $r
}
openrc_control() { # ACTION NAME SECONDS LIMIT
case $1 in
enable) openrc_quiet rc-update add "$2" default;;
disable) for l in /etc/runlevels/*/"$2"; do
l=\${l%/*}; openrc_quiet rc-update del "$2" "\${l##*/}" || return; done;;
mask|unmask) fail 'OpenRC cannot mask services';;
*)
case $1 in start|restart) r=0; rc-service "$2" status >/dev/null 2>&1 </dev/null || r=$?
[ $r != 32 ] || rc-service "$2" zap >/dev/null 2>&1;; esac
openrc_quiet watch "$4" rc-service "$2" "$1" || return
case $1 in start|restart) openrc_quiet rc-service "$2" status;; esac;;
esac
}`
