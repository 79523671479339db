import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, ProveError } from '@prove/core'

/** The folder of a file that only its owner may look into, made where it is not there. */
export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * The text of a file that nobody else may read; undefined when there is none. Throws PRV_KEY_FILE for one that others may
 * read or change: what it holds may be known to them.
 */
export const readPrivate = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  const mode = found.mode & 0o777
  if ((mode & 0o077) !== 0) {
    const shown = mode.toString(8).padStart(4, '0')
    throw new ProveError('PRV_KEY_FILE', `others may open "${file}": its mode is ${shown}`, {
      hint: `if nobody has read it, run "chmod 600 ${file}"; else remove it, and make new keys`,
    })
  }
  const own = process.getuid?.()
  if (own !== undefined && found.uid !== own) {
    throw new ProveError('PRV_KEY_FILE', `"${file}" belongs to the user ${found.uid}, and this is ${own}`, {
      hint: 'run this as the user that the keys belong to',
    })
  }
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_KEY_FILE', `"${file}" cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

/** The files of a folder, none where it is not there. Those that are being written have a name with a dot, and are not told. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((name) => !name.includes('.'))
  } catch {
    return []
  }
}

/** Puts a text in place at once and whole, for its owner alone, so that no crash leaves half of it. */
export const writePrivate = (file: string, text: string): void => {
  const beside = writeBeside(file, text)
  renameSync(beside, file)
  syncFolder(dirname(file))
}

/** As {@link writePrivate}, for what comes again by itself: nothing waits for the disk, and a crash of the machine may take it back. */
export const writePassing = (file: string, text: string): void =>
  renameSync(
    writeBeside(file, text, () => undefined),
    file,
  )

/** As {@link writePrivate}, unless there is one: false then. Of two that try, one succeeds. */
export const createPrivate = (file: string, text: string): boolean => {
  const beside = writeBeside(file, text)
  try {
    linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(beside, { force: true })
  }
  syncFolder(dirname(file))
  return true
}

const writeBeside = (file: string, text: string, sync = fsyncSync): string => {
  makePrivateFolder(dirname(file))
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  const fd = openSync(beside, 'wx', 0o600)
  try {
    writeSync(fd, text)
    sync(fd)
  } finally {
    closeSync(fd)
  }
  return beside
}

/** Until then a crash may take back what was renamed. */
export const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
