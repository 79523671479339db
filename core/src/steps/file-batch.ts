import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { NumberedStep, StepBatch } from '../contracts/step.js'
import { groupBy } from '../group-by.js'
import { quoteAll } from '../wire/quote.js'
import { newFileMode, ownerWord } from './attributes.js'
import type { FileWriteStep } from './file.js'

/** Names that `sha256sum -c` and tar take without escaping. */
const isEasy = (name: string): boolean => /^[\w.@+,=:-]+$/.test(name) && !name.startsWith('-') && name.length <= 99

const batchable = ({ step }: NumberedStep<FileWriteStep>): boolean =>
  step.fresh === true &&
  step.validate === undefined &&
  step.confirm === undefined &&
  (step.parents ?? []).length === 0 &&
  step.replaceLink !== true &&
  isEasy(posix.basename(step.path)) &&
  // A change of owner clears set-id bits, which the archive would have set.
  (ownerWord(step) === '' || Number.parseInt(step.mode ?? newFileMode, 8) <= 0o777)

const batchSize = 500

/** New files of one directory with one owner: unpacked, checked and renamed together. */
export const batchesOf = (steps: readonly NumberedStep<FileWriteStep>[]): readonly StepBatch[] => {
  let place = ''
  let count = 0
  let run = 0
  const runs = groupBy(steps, (numbered) => {
    const here = batchable(numbered) ? `${posix.dirname(numbered.step.path)}\n${ownerWord(numbered.step)}` : ''
    if (here === '' || here !== place || count === batchSize) {
      run += 1
      count = 0
    }
    place = here
    count += 1
    return run
  })
  return [...runs.values()].filter((members) => members.length > 1).map(batchOf)
}

const batchOf = (steps: readonly NumberedStep<FileWriteStep>[]): StepBatch => {
  const first = steps[0]?.step
  const files = steps.map(({ step: { path, blob, mode = newFileMode } }) => ({
    name: posix.basename(path),
    mode: Number.parseInt(mode, 8),
    blob,
  }))
  const hashes = files.map(({ name, blob }) => `${blob.sha256}  ${name}\n`).join('')
  const directory = posix.dirname(first?.path ?? '/')
  return {
    // Equal files make an equal archive.
    key: `batch:${createHash('sha256').update(hashes).digest('hex')}:${files.map(({ mode }) => mode).join(',')}`,
    steps,
    files,
    command: (archive) =>
      `file_batch ${quoteAll([
        directory,
        archive,
        hashes,
        first === undefined ? '' : ownerWord(first),
        ...files.map(({ name }) => name),
      ])}`,
  }
}
