import { createHash } from 'node:crypto'
import { quoteAll, type Step } from '@prove/core'
import { definePlacing, type PlacedContent } from '@prove/core/files'
import type { Checksum } from '../checksum.js'
import { fetchLibrary, fetchWords } from '../fetch.js'
import type { WebRequest } from '../web-address.js'

/** Puts what a server has in place of a file. */
export interface FileDownloadStep extends Step, PlacedContent {
  readonly kind: 'file.download'
  readonly request: WebRequest
  /** What the content must have; absent where nobody knows it. */
  readonly checksum?: Checksum | undefined
  /** Seconds; there for the field of that name, which every part may have. */
  readonly timeout: number
  /** Note what the server says of its age, to ask later whether it has changed. */
  readonly noted: boolean
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The name of what is noted of a path. */
export const noteName = (path: string): string => hashOf(path).slice(0, 32)

/** Tells whether a note is about the same address. */
export const urlHash = (url: string): string => hashOf(url)

/** Functions of steps that bring what a server has: under the watchdog, and with a checksum where one is given. */
export const downloadLibrary = `
# The program has a limit of its own, and says more.
timed() { t=$1; shift; watch $((t+5)) "$@"; }
${fetchLibrary}
downloaded() { # FILE ALGORITHM HEX, and the words of fetch: to standard output, which is the file
file=$1 algorithm=$2 hex=$3
shift 3
fetch "$@" || { r=$?; printf '%s\\n' "$why" >&2; return $r; }
[ -n "$hex" ] || return 0
s=$("\${algorithm}sum" <"$file") || return
[ "\${s%% *}" = "$hex" ] || fail "$1: expected $algorithm $hex, got \${s%% *}"
}`

const library = (): string => `${downloadLibrary}
note() { # PATH NAME URL-HASH
[ -n "$etag$modified" ] || { rm -f "$S/downloads/$2"; return; }
mkdir -p "$S/downloads" && s=$(sha256sum <"$1") &&
printf '%s\\n' "\${s%% *}" "$3" "$etag" "$modified" >"$S/downloads/$2.new" && mv -f "$S/downloads/$2.new" "$S/downloads/$2"
}`

/** The words that check what was brought. */
export const checksumWords = (checksum: Checksum | undefined): string =>
  quoteAll([checksum?.algorithm ?? '', checksum?.hex ?? ''])

export const fileDownloadKind = definePlacing<FileDownloadStep>({
  name: 'file.download',
  tools: ['sha256sum'],
  library,
  bring: ({ checksum, request, timeout }) =>
    `downloaded "$new" ${checksumWords(checksum)} ${fetchWords(request, timeout)}`,
  content: ({ checksum }) => (checksum?.algorithm === 'sha256' ? { sha256: checksum.hex } : undefined),
  // Without a note the server is asked for all of it next time: no reason to fail.
  placed: ({ noted, path, request }) =>
    noted ? `note ${quoteAll([path, noteName(path), urlHash(request.url)])} || :` : ':',
  seconds: ({ timeout }) => timeout + 60,
})
