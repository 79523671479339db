import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, ProveError } from '@prove/core'
import type { Files } from './plugin-files.js'

/** What may be in a folder that counts as empty: a repository may have been made first. */
const harmless = new Set(['.git'])

/**
 * Writes files into a folder that is not there yet, or empty; nothing is ever overwritten. Throws PRV_PLUGIN_FOLDER. Returns the paths.
 */
export const writeNew = (folder: string, files: Files): readonly string[] => {
  const refuse = (message: string, hint: string, cause?: unknown): ProveError =>
    new ProveError('PRV_PLUGIN_FOLDER', message, { hint, cause })
  const present = entriesOf(folder)
  if (present === 'no folder') throw refuse(`"${folder}" is a file`, 'name a folder that is not there yet')
  if (present.some((name) => !harmless.has(name))) {
    throw refuse(`the folder "${folder}" is not empty`, 'name another folder, or empty it first')
  }
  try {
    return Array.from(files, ([path, text]) => {
      const to = join(folder, path)
      mkdirSync(dirname(to), { recursive: true })
      writeFileSync(to, text, { flag: 'wx' })
      return to
    })
  } catch (error) {
    throw refuse(`cannot write into "${folder}": ${messageOf(error)}`, 'name a folder where you may write', error)
  }
}

const entriesOf = (folder: string): readonly string[] | 'no folder' => {
  try {
    return readdirSync(folder)
  } catch (error) {
    // What else is wrong with it, writing will tell.
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'no folder' : []
  }
}
