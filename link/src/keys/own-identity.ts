import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, ProveError } from '@prove/core'
import { type Identity, identityOf, makeIdentity } from '@prove/core/identity'
import { createPrivate, readPrivate, syncFolder } from './private-file.js'

/** The identity whose key a file keeps; made where there is none. Throws PRV_KEY_FILE. */
export const ownIdentity = (file: string): Identity => {
  const known = readIdentity(file)
  if (known !== undefined) return known
  const made = makeIdentity()
  return createPrivate(file, made.key) ? made : ownIdentity(file)
}

/** The identity whose key a file keeps, if there is one. Throws PRV_KEY_FILE. */
export const readIdentity = (file: string): Identity | undefined => {
  const key = readPrivate(file)
  if (key === undefined) return undefined
  try {
    return identityOf(key)
  } catch (error) {
    throw new ProveError('PRV_KEY_FILE', `"${file}" holds no key: ${messageOf(error)}`, {
      hint: 'restore it; without it this side is another one to all who know it, and must be made known to them again',
    })
  }
}

/**
 * Takes the key that another file keeps in place of the one in this file, which is gone. The other file is gone as well: a
 * crash leaves one of both states. Throws PRV_KEY_STATE where somebody did so before.
 */
export const takeIdentity = (from: string, file: string): void => {
  try {
    renameSync(from, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new ProveError('PRV_KEY_STATE', 'the key was changed by somebody else meanwhile', {
      hint: 'see which it is now; nothing else was done',
    })
  }
  syncFolder(dirname(file))
}
