import { blocked, defineMeta, definePlugin, defineState, file, path, quote, text, z } from '@prove/core'

/** What a note says first: a kind of read that only this plugin knows. */
const firstLineKind = {
  name: 'note.first-line',
  tools: ['head'],
  script: (queries) => queries.map(({ at }) => `head -n 1 <${quote(at)} | head -c 80; echo`).join('\n'),
  parse: (output, queries) => {
    const lines = output
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
    return queries.map((_query, i) => ({ ok: true, value: lines[i] ?? '' }))
  },
  restsOn: ({ at }) => ({ paths: [at] }),
}

const firstLine = (at) => ({ kind: 'note.first-line', key: `note.first-line:${at}`, query: { at } })

/** Keep a note with these words. */
export const present = defineState({
  name: 'note.present',
  about: 'Keep a note with these words.',
  main: 'path',
  args: { path: path('The note.'), words: text('What it says.') },

  reads: ({ path: at, words }, { now }) => ({
    now: file(at),
    ...(now?.type === 'file' && now.sha256 !== words.sha256 ? { said: firstLine(at) } : {}),
  }),

  check: ({ path: at, words }, { now, said }) => {
    if (now.type !== 'file' && now.type !== 'absent') return blocked(`"${at}" is a ${now.type}, not a note`)
    if (now.parent !== 'directory') return blocked(`there is no folder for "${at}"`)
    return now.sha256 === words.sha256 ? [] : [{ field: 'words', from: said ?? null, to: words.text ?? words.sha256 }]
  },

  apply: ({ path: at, words: { sha256, size } }, { now }) => [
    { kind: 'file.write', path: at, blob: { sha256, size }, fresh: now.type === 'absent' },
  ],
})

/** Keep several notes, one after the other. */
export const series = defineMeta({
  name: 'note.series',
  about: 'Keep several notes in one folder, one after the other.',
  args: { folder: path('Where they are.'), notes: z.record(z.string(), z.string()) },
  shape: ({ folder, notes }) => ({
    members: Object.entries(notes).map(([name, words]) => ({
      suffix: `/${name}`,
      path: ['notes', name],
      made: { 'note.present': { path: `${folder}/${name}`, words } },
    })),
    inSequence: true,
  }),
})

export default definePlugin({
  name: 'state-note',
  core: '^0.1.0',
  states: [present],
  metas: [series],
  reads: [firstLineKind],
})
