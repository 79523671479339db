import { type Blob, quoteAll, type Step } from '@prove/core'
import { definePlacing, type PlacedContent } from '@prove/core/files'

/** Puts the content of another file of the target in place of a file. */
export interface FileCopyStep extends Step, PlacedContent {
  readonly kind: 'file.copy'
  readonly source: string
  /** What the source was seen to hold: where it holds something else by now, nothing is copied. */
  readonly content: Blob
}

// The hash is taken of the copy: the source may be written to meanwhile.
const library = (): string => `
file_copied() { # SOURCE SHA256
if [ -L "$1" ] || ! [ -f "$1" ]; then fail "\\"$1\\" is no regular file any more"; fi
cat <"$1" || return
s=$(sha256sum <"$new"); [ "\${s%% *}" = "$2" ] || fail "\\"$1\\" was changed by somebody else meanwhile"
}`

export const fileCopyKind = definePlacing<FileCopyStep>({
  name: 'file.copy',
  tools: ['sha256sum'],
  library,
  bring: ({ source, content }) => `file_copied ${quoteAll([source, content.sha256])}`,
  content: ({ content: { sha256, size } }) => ({ sha256, size }),
  // Slow disks copy some fifty megabytes a second.
  seconds: ({ content: { size } }) => 60 + Math.ceil(size / 20_000_000),
})
