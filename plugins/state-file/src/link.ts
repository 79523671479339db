import { blocked, defineState, entry, path, z } from '@prove/core'
import { linkExamples } from './examples.js'
import {
  accountReads,
  missingParents,
  obstacleTo,
  ownershipArguments,
  ownershipChanges,
  ownershipObstacle,
  parentsArgument,
} from '@prove/core/files'

/** Keep a symbolic link to a target. */
export const link = defineState({
  name: 'file.link',
  about: 'Keep a symbolic link to a target.',
  main: 'path',
  args: {
    path: path('The link.'),
    target: z.string().min(1).meta({ description: 'Where it leads, absolute or relative to its directory.' }),
    ...ownershipArguments,
    ...parentsArgument,
    replace: z.boolean().optional().meta({ description: 'Put the link in place of a file.' }),
  },
  examples: linkExamples,

  owns: (given) => given.path,

  reads: (given) => ({ now: entry(given.path), ...accountReads(given) }),

  check: (given, seen) => {
    const { now } = seen
    const obstacle = ownershipObstacle(given, seen)
    if (obstacle !== undefined) return blocked(obstacle)
    if (now.type === 'directory') return blocked(`"${given.path}" is a directory`)
    if (now.mount === 'here') return blocked(`"${given.path}" is a mount point`)
    if (now.type !== 'absent' && now.type !== 'link' && given.replace !== true) {
      return blocked(`"${given.path}" is a file; replace would put the link in its place`)
    }
    const changes = [
      ...(now.type === 'link' ? [] : [{ field: 'type', from: now.type === 'absent' ? null : now.type, to: 'link' }]),
      ...(now.target === given.target ? [] : [{ field: 'target', from: now.target ?? null, to: given.target }]),
      ...ownershipChanges({ owner: given.owner, group: given.group }, now),
    ]
    if (changes.length === 0) return []
    return obstacleTo(given.path, now, given.create_parents === true) ?? changes
  },

  apply: ({ path: name, target, owner, group }, { now }) => [
    { kind: 'file.link', path: name, target, owner, group, parents: missingParents(name, now) } as const,
  ],
})
