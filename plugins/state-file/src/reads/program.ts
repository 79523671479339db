import { quoteAll, type Read, type ReadKind } from '@prove/core'

interface ProgramQuery {
  readonly name: string
}

/** Whether the target has a program, by the name that finds it. */
export const program = (name: string): Read<boolean> => ({
  kind: 'program',
  key: `program:${name}`,
  query: { name } satisfies ProgramQuery,
})

/** Where programs are, with all that is below. */
export const programFolders = [
  '/bin',
  '/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/run/current-system',
]

export const programKind: ReadKind<ProgramQuery, boolean> = {
  name: 'program',
  tools: [],
  script: (queries) => `for p in ${quoteAll(queries.map(({ name }) => name))}; do
if command -v "$p" >/dev/null 2>&1; then echo yes; else echo no; fi; done`,
  parse: (output, queries) => {
    const lines = output.toString('latin1').split('\n')
    return queries.map((_query, i) =>
      lines[i] === 'yes' || lines[i] === 'no'
        ? { ok: true, value: lines[i] === 'yes' }
        : { ok: false, problem: 'failed', detail: 'the answer of the target broke off' },
    )
  },
  restsOn: () => ({ paths: programFolders, below: true }),
}
