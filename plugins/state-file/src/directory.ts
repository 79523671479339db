import { blocked, defineState, entry, newDirectoryMode, path, type StateFunction } from '@prove/core'
import { directoryExamples } from './examples.js'
import {
  accountReads,
  missingParents,
  modeArgument,
  newOwnership,
  obstacleTo,
  ownershipArguments,
  ownershipChanges,
  ownershipObstacle,
  parentsArgument,
} from '@prove/core/files'

/** Keep a directory with this owner and mode. */
export const directory: StateFunction = defineState({
  name: 'file.directory',
  about: 'Keep a directory with this owner and mode.',
  main: 'path',
  args: {
    path: path('The directory.'),
    ...ownershipArguments,
    ...modeArgument,
    ...parentsArgument,
  },
  examples: directoryExamples,

  reads: (given) => ({ now: entry(given.path), ...accountReads(given) }),

  check: (given, seen) => {
    const { now } = seen
    const obstacle = ownershipObstacle(given, seen)
    if (obstacle !== undefined) return blocked(obstacle)
    if (now.type === 'absent') {
      return (
        obstacleTo(given.path, now, given.create_parents === true) ?? [
          { field: 'type', from: null, to: 'directory' },
          ...newOwnership(given, newDirectoryMode),
        ]
      )
    }
    if (now.type !== 'directory') return blocked(`"${given.path}" is no directory but a ${now.type}`)
    const changes = ownershipChanges(given, now)
    return changes.length > 0 && !now.mine ? blocked(`this user may not change "${given.path}"`) : changes
  },

  apply: ({ path: name, owner, group, mode }, { now }) => [
    now.type === 'absent'
      ? { kind: 'file.directory' as const, path: name, owner, group, mode, parents: missingParents(name, now) }
      : { kind: 'file.attributes' as const, type: 'directory' as const, path: name, owner, group, mode },
  ],
})
