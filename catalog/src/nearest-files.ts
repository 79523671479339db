import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import { didYouMean } from '@prove/core'
import { shownPath } from './shown-path.js'

/** What to do about a file that is in none of the folders: the nearest name that is, or else `otherwise`. */
export const nearestFiles = (
  wanted: string,
  folders: readonly string[],
  { others = [], otherwise }: { others?: readonly string[]; otherwise?: string } = {},
): string => {
  const names = folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .slice(0, 10_000)
          .map((name) => name.slice(0, name.length - extname(name).length))
      : [],
  )
  return (
    didYouMean(wanted, [...new Set([...names, ...others])]) ??
    otherwise ??
    `looked in ${folders.map(shownPath).join(', ')}`
  )
}
