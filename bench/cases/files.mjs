import { interleave, rowOf } from '../measure.mjs'
import { nodeStart } from '../prove.mjs'
import { ThousandFiles, toldBy } from '../thousand-files.mjs'

const cold = 'prove apply, 1,000 new files'
const idle = 'prove apply, nothing to change'
const untar = 'tar x'
const look = 'stat + sha256sum'

/** @returns {Promise<import('../table.mjs').Result>} */
export const files = async () => {
  const thousand = new ThousandFiles()
  try {
    const empty = () => thousand.empty()
    const fresh = await interleave([
      nodeStart,
      { name: untar, before: empty, run: () => thousand.untar() },
      { name: cold, before: empty, run: () => thousand.prove('apply', 'changed') },
    ])
    thousand.empty()
    thousand.prove('apply', 'changed')
    thousand.verify()
    const still = await interleave([
      nodeStart,
      { name: look, run: () => thousand.look() },
      { name: idle, run: () => thousand.prove('apply', 'ok') },
    ])
    const unpacking = { floor: [untar, nodeStart.name] }
    const looking = { floor: [look, nodeStart.name] }
    return {
      title: '1,000 files of 1 KiB on this machine',
      rows: [
        rowOf(fresh, { name: `${untar} + node -e 0`, of: unpacking.floor, ...unpacking }),
        rowOf(fresh, { name: cold, of: [cold], ...unpacking }),
        rowOf(still, { name: `${look} + node -e 0`, of: looking.floor, ...looking }),
        rowOf(still, { name: idle, of: [idle], ...looking, goal: 1.5 }),
      ],
      notes: [
        toldBy(fresh, cold),
        toldBy(still, idle),
        'Ratios to the line above. The directory is empty before each cold run; the page cache is warm.',
      ],
    }
  } finally {
    thousand.remove()
  }
}
