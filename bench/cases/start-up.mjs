import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interleave, rowOf } from '../measure.mjs'
import { nodeStart, prove, root } from '../prove.mjs'

const hello = join(root, 'examples/hello')

/** @returns {Promise<import('../table.mjs').Result>} */
export const startUp = async () => {
  const cache = mkdtempSync(join(tmpdir(), 'prove-bench-cache-'))
  const forget = () => rmSync(join(cache, 'prove'), { recursive: true, force: true })
  const plan = () => prove(['plan', 'site.yml'], hello, { ...process.env, XDG_CACHE_HOME: cache })
  try {
    const taken = await interleave([
      nodeStart,
      { name: 'prove --version', run: () => prove(['--version']) },
      { name: 'prove --help', run: () => prove(['--help']) },
      { name: 'prove plan (hello), nothing remembered', before: forget, run: plan },
      { name: 'prove plan (hello)', before: () => void plan(), run: plan },
    ])
    const row = (name, goal) => rowOf(taken, { name, of: [name], floor: ['node -e 0'], goal })
    return {
      title: 'Start-up',
      rows: [
        row('node -e 0'),
        row('prove --version', 2),
        row('prove --help', 2),
        row('prove plan (hello)', 3),
        row('prove plan (hello), nothing remembered'),
      ],
      notes: ['Ratios to `node -e 0`.'],
    }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}
