import { runSeconds } from './change-library.js'

/**
 * Only the lists of this one repository are fetched: others may be broken, and have nothing to do with it. How old the lists
 * of all are stays as it was.
 */
export const repositoryLibrary = `
pkg_place() { # PATH PAYLOAD SHA256: complete beside its place, then renamed; what was there is kept in scratch
rm -f "$D/was-\${1##*/}"
[ ! -e "$1" ] || cp -p -- "$1" "$D/was-\${1##*/}" || return
payload "$2" >"$1.prove-new" || return
s=$(sha256sum <"$1.prove-new")
[ "\${s%% *}" = "$3" ] || { rm -f -- "$1.prove-new"; fail 'the upload is damaged'; }
chmod 644 "$1.prove-new" && mv -f -- "$1.prove-new" "$1"
}
pkg_take_back() { # PATH
if [ -e "$D/was-\${1##*/}" ]; then mv -f -- "$D/was-\${1##*/}" "$1"; else rm -f -- "$1"; fi
}
pkg_repository() { # LOCK NAME UPDATE PATH PAYLOAD SHA256 [KEY PAYLOAD SHA256]
pm_seconds=${runSeconds}; until=$(($(date +%s)+$1)); lock=$1 name=$2 update=$3 path=$4
pm_environment
mkdir -p /etc/apt/sources.list.d || return
if [ -n "$7" ]; then mkdir -p /etc/apt/keyrings && pkg_place "$7" "$8" "$9" || return; fi
pkg_place "$4" "$5" "$6" || return
[ -n "$update" ] || return 0
touch -r /var/lib/apt/lists "$D/lists"
pkg_patiently pm_once -q --no-list-cleanup -o Dir::Etc::sourcelist="$path" -o Dir::Etc::sourceparts=/dev/null -o APT::Update::Error-Mode=any update; r=$?
if [ $r = 0 ] && grep -Eq '^(E: |W: (GPG error|Failed to fetch|Some index files failed))' "$D/pe"; then r=100; fi
touch -r "$D/lists" /var/lib/apt/lists
pkg_said "$lock"
[ $r != 0 ] || return 0
pkg_take_back "$path"
[ -z "$7" ] || pkg_take_back "$7"
echo "the repository \\"$name\\" was taken back: its package lists cannot be fetched" >&2
return $r
}`
