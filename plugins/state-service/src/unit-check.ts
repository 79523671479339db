import { quote } from '@prove/core'

/** What is out of date is no mistake; systemd takes it. */
const remarks = '*obsolete*|*legacy*|*deprecated*'

/**
 * A command for `validate`: systemd-analyze looks at the new content under its final name in a folder of its own, which stands before
 * the folders of systemd. Only what it says of this file counts, and of this unit; of a drop-in also what it does not say without it.
 * Where there is no systemd-analyze, nothing is checked.
 */
export const checkCommand = (name: string, dropIn: string | undefined, secret: boolean): string => {
  const asked = name.replace('@.', '@prove.')
  const file = dropIn === undefined ? name : `${name}.d/${dropIn}`
  const verify = (what: string): string => `systemd-analyze verify --man=no ${what}`
  return `command -v systemd-analyze >/dev/null || exit 0
d=$(mktemp -d) || exit 1
trap 'rm -rf "$d"' EXIT
mkdir -p "$d/new"; : >"$d/before"
${dropIn === undefined ? '' : dropInGround(name, asked, verify(quote(asked)))}
cp -- %s "$d/new/${file}" || exit 1
SYSTEMD_UNIT_PATH="$d/new:" ${verify(dropIn === undefined ? `"$d/new/${name}"` : quote(asked))} >"$d/after" 2>&1
grep -Fxv -f "$d/before" "$d/after" | while IFS= read -r l; do case $l in
${remarks}) ;;
"$d"/*) echo "\${l#"$d"/new/}";;
${quote(asked)}:*|${quote(name)}:*|'Unit ${asked} '*) echo "$l";;
esac; done >"$d/said"
[ -s "$d/said" ] || exit 0
${secret ? "echo 'systemd-analyze finds mistakes in it' >&2" : 'cat "$d/said" >&2'}
exit 1`
}

/** A drop-in may come before its unit: for a service there is one that does nothing. */
const dropInGround = (name: string, asked: string, verify: string): string => `mkdir "$d/new/${name}.d"
if ! systemctl cat ${quote(asked)} >/dev/null 2>&1; then
case ${quote(name)} in *.service) printf '[Service]\\nExecStart=/bin/true\\n' >"$d/new/${name}";; *) exit 0;; esac
fi
SYSTEMD_UNIT_PATH="$d/new:" ${verify} >"$d/before" 2>&1`
