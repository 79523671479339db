/**
 * Nobody is asked anything, configuration files that were changed stay, and maintainer scripts run as they do from a
 * shell of root: with the usual umask, and a locale that can hold any text. What dpkg left half done when it was killed is
 * done first, or else nothing else could be.
 */
export const aptLibrary = `
pm_suffix=deb
pm_environment() {
umask 022; cd /
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
DEBIAN_FRONTEND=noninteractive; DEBIAN_PRIORITY=critical; APT_LISTCHANGES_FRONTEND=none; UCF_FORCE_CONFFOLD=1; LC_ALL=C.UTF-8
export PATH DEBIAN_FRONTEND DEBIAN_PRIORITY APT_LISTCHANGES_FRONTEND UCF_FORCE_CONFFOLD LC_ALL
unset LANG LANGUAGE
}
pm_locked() { grep -Eq '^E: (Could not get lock|Unable to acquire the dpkg frontend lock)' "$D/pe"; }
pm_holder() { sed -n 's/.*Could not get lock \\([^ ]*\\)\\. It is held by process \\([0-9]* ([^)]*)\\).*/\\1 is held by process \\2/p' "$D/po" "$D/pe" | tail -n 1; }
pm_once() {
watch "$pm_seconds" apt-get -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout="$(pm_left)" "$@" >"$D/po" 2>"$D/pe"
}
pm() {
pm_once "$@"; r=$?
if [ $r != 0 ] && grep -q 'dpkg was interrupted' "$D/pe"; then
watch "$pm_seconds" dpkg --force-confdef --force-confold --configure -a >"$D/pc" 2>&1
pm_once "$@"; r=$?
fi
return $r
}
pm_stale() { grep -Eq 'Unable to fetch some archives|Failed to fetch' "$D/pe"; }
pm_update() {
pm_once -q -o APT::Update::Error-Mode=any update; r=$?
if [ $r = 0 ] && grep -Eq '^W: (Failed to fetch|Some index files failed)' "$D/pe"; then r=100; fi
[ $r != 0 ] || touch /var/lib/apt/lists
return $r
}
pm_words() { sed '/^Errors were encountered while processing:$/,/^E: Sub-process/d;/^N: /d;/^debconf: /d;/^Waiting for cache lock/d
s/^E: Unable to locate package \\(.*\\)/there is no package "\\1" in the package lists: is its repository there? pkgrepo.apt adds one/' "$D/pe"; }
pm_hold() { apt-mark hold "$@" >/dev/null; }
pm_release() { apt-mark unhold "$@" >/dev/null; }
pm_version() {
v=$(dpkg-query -W -f='\${db:Status-Abbrev}|\${Version}' "$1" 2>/dev/null)
case $v in ?[itW]\\ \\|*) echo "\${v#*|}";; esac
}
`
