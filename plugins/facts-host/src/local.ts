import { type FactSource, quote } from '@prove/core'

/** How a file of facts ended where it gave none. */
const reasons: Readonly<Record<string, string>> = {
  unreadable: 'it cannot be read',
  writable: 'others may write it or its folder, so it was not run',
  foreign: 'it or its folder belongs neither to root nor to the user of the session, so it was not run',
}

/** Bytes of one file or answer; all of them together must fit into what a source may say. */
const sizeLimit = 65_536

export interface LocalFactsOptions {
  /** Absolute, on the target. */
  readonly folder?: string
  /** For each executable; they run at the same time. */
  readonly seconds?: number
}

/**
 * Visits the files twice: to start every executable, and to show everything in order. A random mark stands before each
 * part, so that what is printed can forge none. Nothing is started where there are no files.
 *
 * An executable is run only when nobody else could have put it there. What it leaves in the background may hold its
 * output open, and is ended with the time; what takes the output lives on to write down what was said.
 */
const script = (folder: string, seconds: number): string => `
mark=; read -r mark </proc/sys/kernel/random/uuid || mark=$$-local
echo "$mark"
while read -r key uid u x; do [ "$key" = Uid: ] && break; done </proc/self/status
visit() {
set -- "$1" ${quote(folder)}
[ "$u" = 0 ] || set -- "$@" "\${XDG_CONFIG_HOME:-\${HOME:-/nonexistent}/.config}/prove/facts.d"
todo=$1; i=0; shift
for d do i=$((i+1)); for f in "$d"/*; do
n=\${f##*/}; b=\${n%.*}
case $n in *[!A-Za-z0-9_.-]*) continue;; esac
case $b in ''|*.*) continue;; esac
[ -f "$f" ] || continue
case $n in *.json) k=json;; *) k=program; [ -x "$f" ] || continue;; esac
w=$i.$n
$todo
done; done
}
sound() {
set -- "$1" $(stat -L -c '%u %a' "$1")
[ -O "$1" ] || [ "$2" = 0 ] || { echo foreign; return 1; }
case $3 in *[2367]) echo writable; return 1;; *[2367]?) [ "$u" != 0 ] || { echo writable; return 1; };; esac
}
start() {
[ $k = program ] || return
mkdir -p "$D/$w"
{ sound "$d" && sound "$f"; } >"$D/$w/end" || return
( ulimit -S -f "$(ulimit -H -f)"; trap - XFSZ; umask 022; cd /; S=$D/$w; D=$S
watch ${seconds} sh -c '{ "$1"; echo $? >"$2/end"; } | { trap "" TERM; exec head -c ${sizeLimit + 1} >"$2/out"; }' sh "$f" "$S" ) &
}
show() {
echo
if [ $k = program ]; then e=; read -r e <"$D/$w/end"; echo "$mark $b \${e:-late}"; cat "$D/$w/out"
elif [ -r "$f" ]; then echo "$mark $b 0"; head -c ${sizeLimit + 1} "$f"
else echo "$mark $b unreadable"; fi
}
visit start; wait; visit show
:`

/** The facts, or why there are none. */
const valueOf = (
  end: string,
  text: string,
  seconds: number,
): { readonly value: unknown } | { readonly why: string } => {
  const why = reasons[end]
  if (why !== undefined) return { why }
  if (Buffer.byteLength(text) > sizeLimit) return { why: `it says more than ${sizeLimit} bytes` }
  if (end === 'late') return { why: `it did not end within ${seconds} s` }
  if (end !== '0') return { why: `it ended with status ${end}` }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { why: 'it does not say JSON' }
  }
}

const parse = (output: string, seconds: number): Readonly<Record<string, unknown>> => {
  const mark = output.slice(0, Math.max(output.indexOf('\n'), 0))
  const parts = mark === '' ? [] : output.split(`\n${mark} `).slice(1)
  const found = parts.map((part) => {
    const [head = ''] = part.split('\n', 1)
    const [name = '', end = ''] = head.split(' ')
    return [name, valueOf(end, part.slice(head.length + 1), seconds)] as const
  })
  // The last of a name counts, with its error or without.
  const last = [...new Map(found)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    local: Object.fromEntries(last.map(([name, result]) => [name, 'value' in result ? result.value : null])),
    localErrors: Object.fromEntries(last.flatMap(([name, result]) => ('why' in result ? [[name, result.why]] : []))),
  }
}

/** A source of what the owner of a host says of it, in a folder of their choice. */
export const makeLocalSource = ({
  folder = '/etc/prove/facts.d',
  seconds = 10,
}: LocalFactsOptions = {}): FactSource => ({
  name: 'local',
  // Six more for an executable that does not end when it is told to.
  seconds: seconds + 6,
  facts: {
    local:
      'By name without extension, what the files of /etc/prove/facts.d say: JSON, or what an executable prints as JSON; ' +
      'for a user who is not root, also those of ~/.config/prove/facts.d. Null where one is broken.',
    localErrors: 'By the same name, why it is null.',
  },
  script: script(folder, seconds),
  parse: (output) => parse(output, seconds),
})

export const localSource = makeLocalSource()
