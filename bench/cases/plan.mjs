import { interleave, rowOf } from '../measure.mjs'
import { nodeStart } from '../prove.mjs'
import { ThousandFiles, toldBy } from '../thousand-files.mjs'

const fresh = 'prove plan, 1,000 new files'
const idle = 'prove plan, nothing to change'
const look = 'stat + sha256sum'

/** @returns {Promise<import('../table.mjs').Result>} */
export const plan = async () => {
  const thousand = new ThousandFiles()
  try {
    thousand.empty()
    const absent = await interleave([nodeStart, { name: fresh, run: () => thousand.prove('plan', 'wouldChange') }])
    thousand.untar()
    thousand.prove('apply', 'ok')
    const present = await interleave([
      nodeStart,
      { name: look, run: () => thousand.look() },
      { name: idle, run: () => thousand.prove('plan', 'ok') },
    ])
    const floor = [look, nodeStart.name]
    return {
      title: 'Plan of the same 1,000 files',
      rows: [
        rowOf(absent, { name: 'node -e 0', of: [nodeStart.name], floor: [nodeStart.name] }),
        rowOf(absent, { name: fresh, of: [fresh], floor: [nodeStart.name] }),
        rowOf(present, { name: `${look} + node -e 0`, of: floor, floor }),
        rowOf(present, { name: idle, of: [idle], floor, goal: 1.5 }),
      ],
      notes: [toldBy(absent, fresh), toldBy(present, idle), 'Ratios to the line above.'],
    }
  } finally {
    thousand.remove()
  }
}
