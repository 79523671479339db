/** Shell functions for scripts of init.d. Debian has update-rc.d, others chkconfig. */
export const sysvinitLibrary = `
sysvinit_quiet() { # COMMAND…: its words only where it fails
"$@" >"$D/said" 2>&1 && return; r=$?
cat "$D/said" >&2; return $r
}
sysvinit_control() { # ACTION NAME SECONDS LIMIT
case $1 in
enable|disable)
if command -v update-rc.d >/dev/null; then
[ "$1" = disable ] || sysvinit_quiet update-rc.d "$2" defaults || return
sysvinit_quiet update-rc.d "$2" "$1"
elif command -v chkconfig >/dev/null; then
case $1 in enable) sysvinit_quiet chkconfig "$2" on;; *) sysvinit_quiet chkconfig "$2" off;; esac
else fail 'neither update-rc.d nor chkconfig is there'; fi;;
mask|unmask) fail 'scripts of init.d cannot be masked';;
*) sysvinit_quiet watch "$4" "/etc/init.d/$2" "$1";;
esac
}`
