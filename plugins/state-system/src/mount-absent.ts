import { defineState, type StateFunction } from '@prove/core'
import { mountAbsentExamples } from './examples.js'
import { heldText, keptFileDiffers, keptFileReads, keptFileSteps, shownFrom } from './kept-file.js'
import { linesFor, withoutLines } from './mount/fstab.js'
import { fstab, loadsFstab } from './mount/loads-fstab.js'
import { unmountedChanges, unmountingArguments, unmountSteps } from './mount/unmounting.js'
import { mounts } from './reads/mounts.js'

/** Keep nothing mounted at a path, now and at every boot. */
export const mountAbsent: StateFunction = defineState({
  name: 'mount.absent',
  about: 'Keep nothing mounted at a path, now and at every boot.',
  details: 'Every line of `/etc/fstab` for the path goes; the directory stays.',
  main: 'path',
  args: unmountingArguments,
  examples: mountAbsentExamples,
  edits: () => fstab,
  reads: (given) => ({ mounted: mounts(given.path), ...keptFileReads(fstab) }),
  check: (given, seen) => {
    const { text, encoding } = heldText(seen.held)
    const differs = keptFileDiffers(fstab, seen, (all) => withoutLines(all, given.path))
    if (typeof differs !== 'boolean') return differs
    const now = unmountedChanges(given.path, seen.mounted)
    if (!Array.isArray(now)) return now
    const lines = linesFor(text, given.path).map(({ written }) => shownFrom(encoding, written))
    return [...now, ...(differs ? [{ field: 'fstab', from: lines.join('; '), to: null }] : [])]
  },
  apply: (given, seen, changes) => [
    ...unmountSteps(given.path, seen.mounted),
    ...(changes.some(({ field }) => field === 'fstab')
      ? [...keptFileSteps(fstab, seen, (all) => withoutLines(all, given.path), { keepEmpty: true }), loadsFstab]
      : []),
  ],
})
