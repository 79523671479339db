import { type Blocked, blocked, type Change, exec, path, type Step, type z } from '@prove/core'
import type { MountAnswer } from '../reads/mounts.js'

export const unmountingArguments: { readonly path: z.ZodType<string, string> } = {
  path: path('Where it is mounted.').refine((name) => name !== '/', 'the root file system cannot be unmounted'),
}

/** What is mounted there, or in the way of unmounting it. */
export const unmountedChanges = (name: string, { here, below }: MountAnswer): readonly Change[] | Blocked => {
  const [first] = below
  if (here.length === 0) return []
  if (first !== undefined) return blocked(`something is mounted at "${first}", below "${name}"`)
  return [{ field: 'mounted', from: here.map(({ source }) => source).join(', '), to: null }]
}

/** Once for each of those that lie on one another. */
export const unmountSteps = (name: string, { here }: MountAnswer): readonly Step[] =>
  here.map(() => exec({ command: ['umount', name] }))
