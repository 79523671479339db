import type { Option } from './command.js'
import { targetOption } from './options.js'

/** Kept runs know targets by their names only. */
export const keptTargetOption: Option = {
  ...targetOption,
  about: 'targets: names, globs, /regex/, with and, or, not; all of them unless given',
}
