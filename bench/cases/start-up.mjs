import { join } from 'node:path'
import { interleave, rowOf } from '../measure.mjs'
import { nodeStart, prove, root } from '../prove.mjs'

const hello = join(root, 'examples/hello')

/** @returns {Promise<import('../table.mjs').Result>} */
export const startUp = async () => {
  const taken = await interleave([
    nodeStart,
    { name: 'prove --version', run: () => prove(['--version']) },
    { name: 'prove --help', run: () => prove(['--help']) },
    { name: 'prove plan (hello)', run: () => prove(['plan', 'site.yml'], hello) },
  ])
  const row = (name, goal) => rowOf(taken, { name, of: [name], floor: ['node -e 0'], goal })
  return {
    title: 'Start-up',
    rows: [row('node -e 0'), row('prove --version', 2), row('prove --help'), row('prove plan (hello)')],
    notes: ['Ratios to `node -e 0`. The design has a goal for `--version` only.'],
  }
}
