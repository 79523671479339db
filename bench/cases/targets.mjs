import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleave, rowOf, timed } from '../measure.mjs'

const worker = fileURLToPath(new URL('../targets-worker.mjs', import.meta.url))

const states = (owner) =>
  Array.from({ length: 100 }, (_, i) =>
    [
      `state-${i}:`,
      '  file.managed:',
      `    path: /srv/bench/file-${i}`,
      `    content: "${owner}, line one of ${i}\\nline two\\n"`,
      "    mode: '0644'",
      ...(i === 0 ? [] : [`  requires: state-${i - 1}`]),
      '',
    ].join('\n'),
  ).join('')

/** The same hundred states in three ways. */
const ways = {
  plain: states('all alike'),
  'template, all alike': `{% set owner = 'all alike' %}\n${states('{{ owner }}')}`,
  'template, each its own': states('{{ own }}'),
}

/** @returns {Promise<import('../table.mjs').Result>} */
export const targets = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-bench-'))
  try {
    const programs = Object.entries(ways).flatMap(([way, text]) => {
      const own = join(folder, way.replaceAll(/\W+/g, '-'))
      mkdirSync(join(own, 'states'), { recursive: true })
      writeFileSync(join(own, 'states/site.yml'), text)
      return [500, 1000].map((count) => ({
        name: `${count} ${way}`,
        run: () => JSON.parse(timed(process.execPath, [worker, own, String(count)]).stdout),
      }))
    })
    const taken = await interleave(programs)
    const row = (name, of, figure, goal, unit) => {
      const { ratio: _, ...rest } = rowOf(taken, { name, of: [of], floor: [of], figure, goal })
      return { ...rest, unit }
    }
    return {
      title: 'Compile of 100 states for each of 1,000 targets',
      rows: Object.keys(ways).flatMap((way) => [
        row(`1,000 targets, ${way}`, `1000 ${way}`, 'ms', undefined, 'ms'),
        rowOf(taken, { name: '… against 500 targets', of: [`1000 ${way}`], floor: [`500 ${way}`], goal: 2.2 }),
        row('… peak memory', `1000 ${way}`, 'megabytes', 300, 'MB'),
      ]),
      notes: ['One target after the other, as "prove check" does; compiled states are not kept.'],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
