import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interleave, rowOf } from '../measure.mjs'
import { nodeStart, prove, root } from '../prove.mjs'

const hello = join(root, 'examples/hello')

/** @returns {Promise<import('../table.mjs').Result>} */
export const startUp = async () => {
  const cache = mkdtempSync(join(tmpdir(), 'prove-bench-cache-'))
  const kept = join(cache, 'prove')
  const forgetAll = () => rmSync(kept, { recursive: true, force: true })
  // What is known of targets, and not what V8 has compiled.
  const forget = () => {
    plan()
    for (const name of readdirSync(kept)) if (name !== 'code') rmSync(join(kept, name), { recursive: true })
  }
  const plan = () => prove(['plan', 'site.yml'], hello, { ...process.env, XDG_CACHE_HOME: cache })
  try {
    const taken = await interleave([
      nodeStart,
      { name: 'prove --version', run: () => prove(['--version']) },
      { name: 'prove --help', run: () => prove(['--help']) },
      { name: 'prove plan (hello), nothing remembered', before: forget, run: plan },
      { name: 'prove plan (hello)', before: () => void plan(), run: plan },
      { name: 'prove plan (hello), the first of all', before: forgetAll, run: plan },
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
        row('prove plan (hello), the first of all'),
      ],
      notes: [
        'Ratios to `node -e 0`.',
        'Nothing remembered: of the target. The first of all: nor of what V8 has compiled, which it keeps for the next.',
      ],
    }
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}
