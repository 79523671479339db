import { shownWebAddress } from '@prove/core'

/** What is waited for. */
export type Wanted =
  | { readonly what: 'port'; readonly host: string; readonly port: number; readonly absent: boolean }
  | { readonly what: 'url'; readonly url: string; readonly status: readonly number[]; readonly absent: boolean }
  | { readonly what: 'file'; readonly path: string; readonly absent: boolean }

/**
 * Shell functions: `probe port HOST PORT`, `probe url URL`, `probe file PATH` print `open` or `closed`, a status of HTTP or `none`,
 * `there` or `gone`; a program that is lacking makes `lacks PROGRAM`. A URL travels on no command line.
 */
export const probeLibrary = `
probe_port() {
if command -v nc >/dev/null 2>&1 && nc -h 2>&1 | grep -q -e '-z'; then nc -z -w 3 "$1" "$2"
elif command -v bash >/dev/null 2>&1; then timeout 3 bash -c ': <"/dev/tcp/$1/$2"' bash "$1" "$2"
elif command -v python3 >/dev/null 2>&1; then python3 -c 'import socket,sys; socket.create_connection((sys.argv[1],int(sys.argv[2])),3)' "$1" "$2"
else echo lacks 'nc, bash or python3'; return; fi >/dev/null 2>&1 </dev/null && echo open || echo closed
}
probe_url() {
if command -v curl >/dev/null 2>&1; then
s=$(printf 'url = "%s"\\n' "$1" | curl -sS -o /dev/null -w '%{http_code}' --max-time 5 -K - 2>/dev/null)
else echo lacks curl; return; fi
case $s in ''|000) echo none;; *) echo "$s";; esac
}
probe_file() { if [ -e "$1" ] || [ -L "$1" ]; then echo there; else echo gone; fi; }
probe() { k=$1; shift; "probe_$k" "$@"; }`

/** The words behind `probe`. Quotes and backslashes of a URL are written as curl reads them. */
export const probeWords = (wanted: Wanted): readonly string[] => {
  switch (wanted.what) {
    case 'port':
      return ['port', wanted.host, String(wanted.port)]
    case 'url':
      return ['url', wanted.url.replaceAll(/["\\]/g, (odd) => `\\${odd}`)]
    case 'file':
      return ['file', wanted.path]
  }
}

/** The words of `probe` that mean that it is as wanted, as a pattern of the shell. */
export const goodPattern = (wanted: Wanted): string => {
  const { absent } = wanted
  switch (wanted.what) {
    case 'port':
      return absent ? 'closed' : 'open'
    case 'url':
      if (absent) return 'none'
      return wanted.status.length === 0 ? '[23]??' : wanted.status.join('|')
    case 'file':
      return absent ? 'gone' : 'there'
  }
}

/** Whether what `probe` said is as wanted. */
export const isGood = (wanted: Wanted, said: string): boolean =>
  new RegExp(`^(?:${goodPattern(wanted).replaceAll('?', '.')})$`).test(said)

/** What is waited for, in words. */
export const shownWanted = (wanted: Wanted): string => {
  switch (wanted.what) {
    case 'port':
      return `${wanted.host.includes(':') ? `[${wanted.host}]` : wanted.host}:${wanted.port}`
    case 'url':
      return shownWebAddress(wanted.url)
    case 'file':
      return wanted.path
  }
}
