import { createHmac, randomBytes } from 'node:crypto'
import { type Answered, canonicalJson, quoteAll, type Read, type ReadKind, shownWebAddress } from '@prove/core'
import { downloadSeconds, fetchLibrary, fetcherScript, fetchWords } from '../fetch.js'
import type { WebRequest } from '../web-address.js'
import { programFolders } from './program.js'

const secret = randomBytes(32)

/** Tells requests apart by what no output may show, for as long as this process lives. */
const unlike = (query: unknown): string =>
  createHmac('sha256', secret).update(canonicalJson(query)).digest('hex').slice(0, 12)

/** What a target asks servers with. */
export type Fetcher = 'curl' | 'wget' | 'busybox' | 'none'

export const fetcher = (): Read<Fetcher> => ({ kind: 'fetcher', key: 'fetcher', query: {} })

const broke = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' } as const

const fetchers: readonly string[] = ['curl', 'wget', 'busybox', 'none'] satisfies readonly Fetcher[]

export const fetcherKind: ReadKind<unknown, Fetcher> = {
  name: 'fetcher',
  tools: [],
  script: () => `${fetcherScript}\nfetcher`,
  parse: (output, queries) => {
    const found = output.toString('latin1').trim()
    return queries.map(() => (fetchers.includes(found) ? { ok: true, value: found as Fetcher } : broke))
  },
  restsOn: () => ({ paths: programFolders, below: true }),
}

/** Commands of reads have no watchdog of their own. */
const timed = 'timed() { if command -v timeout >/dev/null 2>&1; then timeout "$@"; else shift; "$@"; fi; }'

/** Bytes of a table of checksums. */
const tableLimit = 1024 * 1024

/** Seconds that it may take to come. */
const textSeconds = 60

/** A text that a server has. */
export const webText = (request: WebRequest): Read<string> => ({
  kind: 'web-text',
  key: `${shownWebAddress(request.url)} (${unlike(request)})`,
  query: request,
})

/** Of each a line `ok SIZE` with so many bytes behind it, or `failed WORDS`. */
const textScript = (queries: readonly WebRequest[]): string => `
${timed}
${fetchLibrary}
text() {
{ fetch "$@"; echo "$r $why" >"$D/fr"; } | head -c ${tableLimit + 1} >"$D/fb"
read -r r why <"$D/fr"
size=$(($(wc -c <"$D/fb")))
if [ $size -gt ${tableLimit} ]; then echo "failed $1: it is longer than 1 MiB"
elif [ "$r" = 0 ]; then echo "ok $size"; cat "$D/fb"
else printf 'failed %s\\n' "$why"; fi; }
${queries.map((query) => `text ${fetchWords(query, textSeconds)}`).join('\n')}`

export const parseTexts = (output: Buffer, queries: readonly unknown[]): readonly Answered<string>[] => {
  let at = 0
  return queries.map(() => {
    const end = output.indexOf(10, at)
    const line = output.subarray(at, Math.max(at, end)).toString('utf8')
    const [, word, rest = ''] = /^(ok|failed) (.*)$/.exec(line) ?? []
    if (word === undefined) return broke
    at = end + 1
    if (word === 'failed') return { ok: false, problem: 'failed', detail: rest }
    const to = at + Number(rest)
    if (!/^\d+$/.test(rest) || to > output.length) return broke
    const text = output.subarray(at, to).toString('utf8')
    at = to
    return { ok: true, value: text }
  })
}

// What a server says may rest on anything: it may be this target.
export const webTextKind: ReadKind<WebRequest, string> = {
  name: 'web-text',
  tools: ['head', 'wc'],
  script: textScript,
  parse: parseTexts,
  seconds: () => textSeconds + 10,
}

/** Whether a server has the content of a file still, or the SHA-256 of what it has now. */
export type Freshness = 'same' | { readonly sha256: string }

interface FreshnessQuery extends WebRequest {
  readonly path: string
  /** The name of what was noted at the last download, and of its address. */
  readonly note: string
  readonly urlHash: string
}

export const freshness = (query: FreshnessQuery): Read<Freshness> => ({
  kind: 'freshness',
  key: `${shownWebAddress(query.url)} (${unlike(query)})`,
  query,
})

/** What was noted of the last download counts only while the file is what it was then. */
const freshnessScript = (
  queries: readonly FreshnessQuery[],
  { stateFolder }: { readonly stateFolder: string },
): string => `
${timed}
${fetchLibrary}
noted() { # FILE PATH URL-HASH
more=
[ -f "$1" ] && [ -f "$2" ] && ! [ -L "$2" ] || return
{ read -r hash; read -r url; IFS= read -r tag; IFS= read -r day; } <"$1"
s=$(sha256sum <"$2"); [ "\${s%% *}" = "$hash" ] && [ "$url" = "$3" ] || return
[ -z "$tag" ] || more="If-None-Match: $tag
"
[ -z "$day" ] || more="\${more}If-Modified-Since: $day
"
}
fresh() {
noted "$1" "$2" "$3"; shift 3
sum=$({ fetch "$@"; echo "$r $status" >"$D/fr"; printf '%s\\n' "$why" >"$D/fw"; } | sha256sum)
read -r r status <"$D/fr"
if [ "\${status%% *}" = 304 ]; then echo same
elif [ "$r" = 0 ]; then echo "sha256 \${sum%% *}"
else printf 'failed %s\\n' "$(cat "$D/fw")"; fi
}
${queries
  .map(
    ({ note, path, urlHash, ...request }) =>
      `fresh ${quoteAll([`${stateFolder}/downloads/${note}`, path, urlHash])} ${fetchWords(request, downloadSeconds)}`,
  )
  .join('\n')}`

export const parseFreshness = (output: Buffer, queries: readonly unknown[]): readonly Answered<Freshness>[] => {
  const lines = output.toString('utf8').split('\n').slice(0, -1)
  return queries.map((_query, i) => {
    const [, word, rest = ''] = /^(same|sha256|failed) ?(.*)$/.exec(lines[i] ?? '') ?? []
    if (word === 'failed') return { ok: false, problem: 'failed', detail: rest }
    if (word === 'same') return { ok: true, value: 'same' }
    return word === 'sha256' && /^[0-9a-f]{64}$/.test(rest) ? { ok: true, value: { sha256: rest } } : broke
  })
}

export const freshnessKind: ReadKind<FreshnessQuery, Freshness> = {
  name: 'freshness',
  tools: ['sha256sum'],
  script: freshnessScript,
  parse: parseFreshness,
  seconds: () => downloadSeconds + 10,
}
