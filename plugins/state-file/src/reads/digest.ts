import { type Answered, quote, type Read, type ReadKind } from '@prove/core'

interface DigestQuery {
  readonly path: string
}

/** The SHA-512 of a regular file, as lower-case hex; empty where there is none, or it cannot be read. */
export const digest512 = (path: string): Read<string> => ({
  kind: 'digest',
  key: `sha512:${path}`,
  query: { path } satisfies DigestQuery,
})

export const parseDigests = (output: Buffer, queries: readonly unknown[]): readonly Answered<string>[] => {
  const lines = output.toString('latin1').split('\n').slice(0, -1)
  return queries.map((_query, i) => {
    const line = lines[i]
    return line === '' || /^[0-9a-f]{128}$/.test(line ?? 'none')
      ? { ok: true, value: line ?? '' }
      : { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
  })
}

export const digestKind: ReadKind<DigestQuery, string> = {
  name: 'digest',
  tools: ['sha512sum'],
  script: (queries) => `
d() { s=; [ -f "$1" ] && ! [ -L "$1" ] && s=$(sha512sum <"$1"); echo "\${s%% *}"; }
${queries.map(({ path }) => `d ${quote(path)}`).join('\n')}`,
  parse: parseDigests,
  restsOn: ({ path }) => ({ paths: [path] }),
  seconds: () => 20,
}
