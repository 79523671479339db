import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleave, rowOf, timed } from '../measure.mjs'

const worker = fileURLToPath(new URL('../compile-worker.mjs', import.meta.url))

/** A file with its content, owner, group and mode, and the state before it as a requirement. */
const stateText = (i) =>
  [
    `state-${i}:`,
    '  file.managed:',
    `    path: /srv/bench/${i % 100}/file-${i}`,
    `    content: "line one of ${i}\\nline two\\n"`,
    '    owner: root',
    '    group: root',
    "    mode: '0644'",
    ...(i === 0 ? [] : [`  requires: state-${i - 1}`]),
    '',
  ].join('\n')

/** @returns {Promise<import('../table.mjs').Result>} */
export const compile = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-bench-'))
  const run = (count) => () => JSON.parse(timed(process.execPath, [worker, folder, String(count)]).stdout)
  try {
    for (const count of [0, 5000, 10_000]) {
      const states = Array.from({ length: count }, (_, i) => stateText(i))
      writeFileSync(join(folder, `${count}.yml`), states.join(''))
    }
    const taken = await interleave([0, 5000, 10_000].map((count) => ({ name: String(count), run: run(count) })))
    const row = (name, count, figure, goal, unit) => {
      const { ratio: _, ...rest } = rowOf(taken, { name, of: [count], floor: [count], figure, goal })
      return { ...rest, unit }
    }
    const growth = rowOf(taken, { name: '10,000 against 5,000 states', of: ['10000'], floor: ['5000'], goal: 2.2 })
    return {
      title: 'Compile of 10,000 states, each requiring the one before',
      rows: [
        row('openCatalog, 10,000 states', '10000', 'ms', 2000, 'ms'),
        row('… of which: loading YAML', '10000', 'load', undefined, 'ms'),
        row('… of which: reading and compiling states', '10000', 'rest', undefined, 'ms'),
        row('processor time, all threads', '10000', 'cpu', undefined, 'ms'),
        growth,
        row('peak memory, nothing to compile', '0', 'megabytes', undefined, 'MB'),
        row('peak memory, 10,000 states', '10000', 'megabytes', 300, 'MB'),
      ],
      notes: [
        'The time is no ratio: on a busy machine it tells as much of the others as of Prove.',
        'Without the start of Node and the imports. Memory is the peak resident size of the whole process.',
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
