import { quote, quoteAll, type Step, type StepKind } from '@prove/core'
import { keyOf } from './setting-lines.js'

/** Leaves one line with this name in a file, at the place of the first one or at the end. */
export interface SetLineStep extends Step {
  readonly kind: 'acme.set-line'
  readonly path: string
  readonly name: string
  readonly value: string
}

export const setLine = (path: string, name: string, value: string): SetLineStep => ({
  kind: 'acme.set-line',
  path,
  name,
  value,
})

/** Where the new content stands until it is renamed: a reader of the file sees the old one or the new one, never half of it. */
const temporaryOf = (path: string): string => `${path}.prove-new`

const script = `
umask 022
if [ -e "$1" ]; then cp -p "$1" "$2"; else : >"$2"; fi &&
NAME=$3 VALUE=$4 awk '
$1 == ENVIRON["NAME"] { if (!done) print ENVIRON["NAME"] " " ENVIRON["VALUE"]; done = 1; next }
{ print }
END { if (!done) print ENVIRON["NAME"] " " ENVIRON["VALUE"] }' "$([ -e "$1" ] && echo "$1" || echo /dev/null)" >"$2" &&
mv -f "$2" "$1" || { rm -f "$2"; exit 1; }`

export const setLineKind: StepKind<SetLineStep> = {
  name: 'acme.set-line',
  tools: ['awk', 'cp', 'mv'],
  command: ({ path, name, value }) =>
    `sh -c ${quote(script)} set-line ${quoteAll([path, temporaryOf(path), name, value])}`,
  // The default is everything: every answer would have to be asked again.
  touches: ({ path }) => ({ paths: [path] }),
  gives: ({ path, name, value }) => [{ key: keyOf(path, name), fields: { path, name, value } }],
  // An interrupted step may leave it behind; the next run removes it.
  leftovers: ({ path }) => [temporaryOf(path)],
}
