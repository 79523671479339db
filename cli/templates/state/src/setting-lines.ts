import { type Answered, quoteAll, type Read, type ReadKind } from '@prove/core'

export interface LinesQuery {
  readonly path: string
  readonly name: string
}

/** What a file says of one setting: the values of all its lines, since a file may set it twice. */
export interface LinesAnswer {
  readonly file: 'file' | 'absent' | 'other'
  readonly values: readonly string[]
}

const kind = 'acme.setting-lines'

/** The key is what makes two questions the same one: it is then asked once. */
export const keyOf = (path: string, name: string): string => `${kind}:${name} in ${path}`

/** The lines of a file that begin with this word. */
export const lines = (path: string, name: string): Read<LinesAnswer> => ({
  kind,
  key: keyOf(path, name),
  query: { path, name } satisfies LinesQuery,
})

/**
 * One script for all questions of a batch, in POSIX shell. Words go through quoteAll, and reach awk through its environment: nothing
 * of them is ever read as a program.
 */
const script = (queries: readonly LinesQuery[]): string => `
setting() {
if [ -L "$1" ] || { [ -e "$1" ] && ! [ -f "$1" ]; }; then echo other
elif ! [ -e "$1" ]; then echo absent
elif SETTING=$2 awk '$1 == ENVIRON["SETTING"] {
sub(/^[ \\t]*[^ \\t]+[ \\t]*/, ""); sub(/[ \\t\\r]+$/, ""); print "=" $0 }' "$1"; then echo file
else echo unreadable; fi
}
${queries.map(({ path, name }) => `setting ${quoteAll([path, name])}`).join('\n')}`

/** For each question: its values, each behind "=", and then a word about the file. */
const parse = (output: Buffer, queries: readonly LinesQuery[]): readonly Answered<LinesAnswer>[] => {
  const printed = output.toString('utf8').split('\n')
  let at = 0
  return queries.map(() => {
    const values: string[] = []
    let file = printed[at++]
    for (; file?.startsWith('='); file = printed[at++]) values.push(file.slice(1))
    if (file === 'file' || file === 'absent' || file === 'other') return { ok: true, value: { file, values } }
    const detail = file === 'unreadable' ? 'permission denied' : 'the answer of the target broke off'
    return { ok: false, problem: 'failed', detail }
  })
}

export const linesKind: ReadKind<LinesQuery, LinesAnswer> = {
  name: kind,
  // Where one is missing on the target, the state is blocked and says which.
  tools: ['awk'],
  script,
  parse,
  // The default is everything. Only what is written at this path can change the answer.
  restsOn: ({ path }) => ({ paths: [path] }),
  // A plan asks what the answer will be after the steps before it: those of this plugin say so, of others nothing is known.
  predict: ({ path, name }, answer, given) => {
    let now = answer
    for (const { key, fields } of given) {
      if (!key.startsWith(`${kind}:`) || fields['path'] !== path) return undefined
      now = { file: 'file', values: fields['name'] === name ? [String(fields['value'])] : now.values }
    }
    return now
  },
}
