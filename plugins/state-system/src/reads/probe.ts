import { type Answered, makeBlob, quoteAll, type Read, type ReadKind } from '@prove/core'
import { probeLibrary, probeWords, shownWanted, type Wanted } from '../net/probe.js'

/** What a port, a page or a file says now: `open`, `closed`, `200`, `none`, `there`, `gone`. */
export const probe = (wanted: Wanted): Read<string> => ({
  kind: 'probe',
  // A key is shown, and a URL may hold a password.
  key: `probe:${shownWanted(wanted)}:${makeBlob(probeWords(wanted).join('\0')).sha256.slice(0, 12)}`,
  query: wanted,
})

// All at once: one that does not answer takes its time, and the others with it.
const script = (queries: readonly Wanted[]): string => `
${probeLibrary}
${queries.map((wanted, i) => `probe ${quoteAll(probeWords(wanted))} >"$D/probe${i}" &`).join('\n')}
wait
${queries.map((_wanted, i) => `cat "$D/probe${i}"`).join('\n')}
echo end`

const parse = (output: Buffer, queries: readonly Wanted[]): readonly Answered<string>[] => {
  const lines = output.toString('utf8').split('\n')
  if (lines.length !== queries.length + 2 || lines.at(-2) !== 'end') {
    return queries.map(() => ({ ok: false, problem: 'failed', detail: 'the answer of the target broke off' }))
  }
  return lines.slice(0, -2).map((line) => {
    const lacking = /^lacks (.*)$/.exec(line)?.[1]
    return lacking === undefined ? { ok: true, value: line } : { ok: false, problem: 'unavailable', detail: lacking }
  })
}

export const probeKind: ReadKind<Wanted, string> = {
  name: 'probe',
  tools: [],
  script,
  parse,
  seconds: () => 6,
}
