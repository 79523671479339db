import { quoteAll, shownWebAddress } from '@prove/core'
import type { WebRequest } from './web-address.js'

/** Seconds that a whole download may take, unless its state says otherwise. */
export const downloadSeconds = 600

/** Names that a program reads as one word. */
const quoted = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`

/** The settings for curl. All of them travel in a file that only this session can read: a process list shows none. */
const curlSettings = ({ url, headers = {}, username, password = '', ca }: WebRequest, seconds: number): string => {
  const isSecure = url.startsWith('https:')
  return [
    `url = ${quoted(url)}`,
    'globoff',
    'fail',
    'silent',
    'show-error',
    'location',
    'max-redirs = 10',
    'proto = "=http,https"',
    // What was asked for over a safe way does not come over another.
    `proto-redir = "=${isSecure ? 'https' : 'http,https'}"`,
    `connect-timeout = ${Math.min(30, seconds)}`,
    `max-time = ${seconds}`,
    ...(ca === undefined ? [] : [`cacert = ${quoted(ca)}`]),
    ...(username === undefined ? [] : [`user = ${quoted(`${username}:${password}`)}`]),
    ...Object.entries(headers).map(
      ([name, value]) => `header = ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
  ].join('\n')
}

/** The same for GNU wget, which would carry headers along to wherever it is sent. */
const wgetSettings = ({ headers = {}, username, password = '', ca }: WebRequest, seconds: number): string => {
  const lines = Object.entries(headers).map(([name, value]) => `header = ${name}: ${value}`)
  return [
    'tries = 1',
    'hsts = off',
    'netrc = off',
    `timeout = ${Math.min(30, seconds)}`,
    `max_redirect = ${lines.length === 0 ? 10 : 0}`,
    ...(ca === undefined ? [] : [`ca_certificate = ${ca}`]),
    ...(username === undefined ? [] : ['auth_no_challenge = on', `user = ${username}`, `password = ${password}`]),
    ...lines,
  ].join('\n')
}

/** Whether a program that checks no certificate, and takes the address as a word, may be asked. */
export const isPlain = ({ url, headers, username }: WebRequest): boolean =>
  url.startsWith('http:') &&
  new URL(url).search === '' &&
  username === undefined &&
  Object.keys(headers ?? {}).length === 0

/** The words behind `fetch` in a script that has {@link fetchLibrary}. */
export const fetchWords = (request: WebRequest, seconds: number): string =>
  quoteAll([
    shownWebAddress(request.url),
    curlSettings(request, seconds),
    wgetSettings(request, seconds),
    request.url,
    String(seconds),
    isPlain(request) ? 'plain' : '',
  ])

/** Prints which of the programs there is. */
export const fetcherScript = `
fetcher() {
if command -v curl >/dev/null 2>&1; then echo curl
elif ! command -v wget >/dev/null 2>&1; then echo none
else case $(wget --version 2>/dev/null) in *GNU*) echo wget;; *) echo busybox;; esac; fi; }`

/**
 * Shell functions that ask a server. `timed SECONDS COMMAND…` must be there. `more` holds further headers, one a line; afterwards
 * `etag` and `modified` are what the server told, and `status` is how it answered.
 */
export const fetchLibrary = `
${fetcherScript}
more=
fetch() { # SHOWN-URL CURL-SETTINGS WGET-SETTINGS URL SECONDS PLAIN: the body on standard output
: >"$D/fh"; : >"$D/fe"; r=0
case $(fetcher) in
curl) { printf '%s\\n' "$2"; printf '%s' "$more" | sed 's/[\\\\"]/\\\\&/g; s/.*/header = "&"/'; } >"$D/fc"
timed "$5" curl -q --config "$D/fc" --dump-header "$D/fh" 2>"$D/fe" || r=$?;;
wget) { printf '%s\\n' "$3"; printf '%s' "$more" | sed 's/^/header = /'; } >"$D/fc"; printf '%s\\n' "$4" >"$D/fu"
timed "$5" wget --config="$D/fc" --input-file="$D/fu" --no-verbose --server-response --output-document=- 2>"$D/fe" || r=$?
sed -n -e 's/^  *\\(HTTP\\/\\)/\\1/p' -e 's/^  *\\([A-Za-z][A-Za-z-]*: \\)/\\1/p' "$D/fe" >"$D/fh";;
busybox) [ -n "$6" ] || { echo 'unavailable: curl' >"$D/fe"; answered "$1"; return 1; }
timed "$5" wget -q -O - -- "$4" 2>"$D/fe" || r=$?;;
*) echo 'unavailable: curl' >"$D/fe"; r=1;;
esac
rm -f "$D/fc" "$D/fu"
answered "$1" "$5"
return $r
}
answered() { # SHOWN-URL SECONDS
etag=; modified=; status=; cr=$(printf '\\r')
while IFS= read -r l; do
l=\${l%"$cr"}
case $l in
HTTP/*) etag=; modified=; status=\${l#* };;
[Ee][Tt][Aa][Gg]:*) etag=\${l#*:}; etag=\${etag# };;
[Ll]ast-[Mm]odified:*) modified=\${l#*:}; modified=\${modified# };;
esac
done <"$D/fh"
why=
case $status in [45]??*) why=$status;; *) why=$(grep -v -e '^  ' -e '://' "$D/fe" | head -n 1);; esac
if [ "$r" = 124 ]; then why="no answer within $2 s"; fi
why=\${why#curl: }; why=\${why#wget: }
case $why in '('*') '*) why=\${why#*) };; esac
why="$1: \${why:-the answer broke off}"
}`
