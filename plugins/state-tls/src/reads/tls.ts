import { type Answered, type Given, quote, type Read, type ReadKind } from '@prove/core'
import { type KeyFacts, keyFacts } from './public-key.js'
import { type CertificateFacts, parseCertificate, parseRequest, type RequestFacts } from './x509.js'

/** What a file is to hold. */
interface Held {
  readonly key: KeyFacts
  readonly certificate: CertificateFacts
  readonly request: RequestFacts
}

interface TlsQuery {
  readonly path: string
  readonly holds: keyof Held
}

/** Why a file holds nothing of the kind; `mixed`: it holds a private key as well. */
const reasons = ['absent', 'empty', 'other', 'unreadable', 'unusable', 'mixed'] as const

/** What a file holds, links followed, and the time on the target, in seconds since 1970. */
export type TlsAnswer<T> = { readonly time: number } & (
  | { readonly found: T }
  | {
      readonly why: (typeof reasons)[number]
      readonly detail: string
      /** Its directory does not exist either. */
      readonly nowhere?: true
    }
)

const readOf =
  <K extends keyof Held>(holds: K) =>
  (path: string): Read<TlsAnswer<Held[K]>> => ({
    kind: 'tls',
    key: `tls.${holds}:${path}`,
    query: { path, holds } satisfies TlsQuery,
  })

/** A private key, of which only the public one is told. */
export const keyAt = readOf('key')
/** The first certificate of a file in PEM. */
export const certificateAt = readOf('certificate')
/** A request for one. */
export const requestAt = readOf('request')

/** The time, whether there is an openssl, and of each file a line with the number of bytes that follow, and why it holds nothing. Of private keys and what lies beside certificates nothing is told. */
const script = (queries: readonly TlsQuery[]): string => `
date +%s
command -v openssl >/dev/null && echo y || echo n
look() {
: >"$D/tls-out"; : >"$D/tls-err"; s=
if ! [ -d "\${2%/*}/" ]; then s=nowhere
elif ! [ -e "$2" ] && ! [ -L "$2" ]; then s=absent
elif ! [ -f "$2" ]; then s=other
elif ! [ -r "$2" ]; then s=unreadable
elif ! [ -s "$2" ]; then s=empty
else "$1" "$2" 2>"$D/tls-err" || s=unusable
fi
[ "$s" != unusable ] || head -c 500 "$D/tls-err" >"$D/tls-out"
echo $(wc -c <"$D/tls-out") $s; cat "$D/tls-out"
}
key() { openssl pkey -in "$1" -passin pass: -pubout -out "$D/tls-out" </dev/null; }
blocks() { head -c 262144 "$1" | sed -n "/^-----BEGIN $2-----/,/^-----END $2-----/p" >"$D/tls-out"; [ -s "$D/tls-out" ]; }
certificate() { blocks "$1" CERTIFICATE && if grep -q '^-----BEGIN .*PRIVATE KEY-----' "$1"; then s=mixed; : >"$D/tls-out"; fi; }
request() { blocks "$1" 'CERTIFICATE REQUEST' || blocks "$1" 'NEW CERTIFICATE REQUEST'; }
${queries.map(({ path, holds }) => `look ${holds} ${quote(path)}`).join('\n')}
rm -f "$D/tls-out" "$D/tls-err"`

const failed = (detail: string): Answered<never> => ({ ok: false, problem: 'failed', detail })

/** The bytes of the first block in PEM. */
const derOf = (text: string): Buffer => {
  const [, body = ''] = /^-----BEGIN [A-Z ]+-----\r?\n([\s\S]*?)^-----END/m.exec(text) ?? []
  return Buffer.from(body, 'base64')
}

const firstBlock = (text: string): string => /^-----BEGIN[\s\S]*?^-----END[^\n]*/m.exec(text)?.[0] ?? ''

const understood = (holds: keyof Held, text: string): Held[keyof Held] => {
  switch (holds) {
    case 'key':
      return keyFacts(text)
    case 'request':
      return parseRequest(derOf(text))
    case 'certificate':
      return { ...parseCertificate(derOf(text)), pem: `${firstBlock(text)}\n` }
  }
}

const isReason = (text: string): text is (typeof reasons)[number] => (reasons as readonly string[]).includes(text)

/** openssl says in its last lines what the first are about. */
const firstWords = (text: string): string => text.trim().split('\n')[0] ?? ''

type AnyAnswer = TlsAnswer<Held[keyof Held]>

const answerOf = (time: number, holds: keyof Held, why: string, text: string): Answered<AnyAnswer> => {
  if (why === 'nowhere') return { ok: true, value: { time, why: 'absent', detail: '', nowhere: true } }
  if (isReason(why)) return { ok: true, value: { time, why, detail: firstWords(text) } }
  try {
    return { ok: true, value: { time, found: understood(holds, text) } }
  } catch {
    return { ok: true, value: { time, why: 'unusable', detail: `it is no ${holds} that can be read` } }
  }
}

const parse = (output: Buffer, queries: readonly TlsQuery[]): readonly Answered<AnyAnswer>[] => {
  const [, digits = '', tool] = /^(\d+)\n([yn])\n/.exec(output.subarray(0, 64).toString('latin1')) ?? []
  if (tool === 'n') return queries.map(() => ({ ok: false, problem: 'unavailable', detail: 'openssl' }))
  let at = digits.length + 3
  return queries.map(({ holds }) => {
    const end = output.indexOf(10, at)
    const head = /^(\d+) ?(\w*)$/.exec(output.subarray(at, Math.max(at, end)).toString('latin1'))
    const size = Number(head?.[1])
    if (tool === undefined || head === null || end + 1 + size > output.length) {
      at = output.length
      return failed('the answer of the target broke off')
    }
    at = end + 1 + size
    return answerOf(Number(digits), holds, head[2] ?? '', output.subarray(end + 1, at).toString('utf8'))
  })
}

/** What a step leaves at the path itself; undefined where it does not say. */
const left = (answer: AnyAnswer, holds: keyof Held, fields: Given['fields']): AnyAnswer | undefined => {
  const { time } = answer
  const { type, sha256, tls } = fields as { type?: string; sha256?: string; tls?: Partial<Held> }
  if (type === 'absent') return { time, why: 'absent', detail: '' }
  const made = tls?.[holds]
  if (made !== undefined) return { time, found: made }
  // Owner and mode are all that changes.
  return type === 'file' && sha256 === undefined && 'found' in answer ? answer : undefined
}

const predict = ({ path, holds }: TlsQuery, answer: AnyAnswer, given: readonly Given[]): AnyAnswer | undefined => {
  const directory = path.slice(0, path.lastIndexOf('/'))
  let now: AnyAnswer | undefined = answer
  let isFresh = false
  for (const { key, fields } of given) {
    if (now === undefined) return undefined
    const changed = key.slice(key.indexOf(':') + 1)
    if (changed === path) now = left(now, holds, fields)
    else if (path.startsWith(`${changed}/`)) {
      if (fields['type'] !== 'directory') return undefined
      isFresh ||= changed === directory && 'nowhere' in answer
      // In a directory that a step has made, no other name leads to the file.
    } else if (!isFresh || !changed.startsWith(`${directory}/`)) return undefined
  }
  return now
}

export const tlsKind: ReadKind<TlsQuery, AnyAnswer> = {
  name: 'tls',
  tools: ['date', 'head', 'wc', 'cat', 'sed', 'grep'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict,
}
