import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files, There } from './file-case.js'

/** Makes a tree, in place of what is at its root. */
export const plant = (root: string, files: Files): void => {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root)
  for (const [name, there] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    plantOne(root, join(root, name), there)
  }
}

const plantOne = (root: string, path: string, there: There): void => {
  if (typeof there === 'string') return plantOne(root, path, { file: there })
  if ('link' in there) return symlinkSync(there.link, path)
  if ('sameAs' in there) return linkSync(join(root, there.sameAs), path)
  if ('directory' in there) {
    mkdirSync(path)
    return chmodSync(path, Number.parseInt(there.directory, 8))
  }
  writeFileSync(path, there.file, there.bytes === true ? 'latin1' : 'utf8')
  if (there.uid !== undefined && there.uid !== 0) chownSync(path, there.uid, there.uid)
  chmodSync(path, Number.parseInt(there.mode ?? '0644', 8))
}

/** All that a person would see of a tree. */
export const seen = (root: string): readonly string[] => {
  const walk = (path: string): readonly string[] => {
    const status = lstatSync(path)
    const told = `${path.slice(root.length)} ${(status.mode & 0o7777).toString(8)} ${status.uid}:${status.gid}`
    if (status.isSymbolicLink()) return [`${path.slice(root.length)} -> ${readlinkSync(path)}`]
    if (status.isFile()) return [`${told} ${status.nlink} ${JSON.stringify(readFileSync(path, 'latin1'))}`]
    return [
      told,
      ...readdirSync(path)
        .toSorted()
        .flatMap((name) => walk(join(path, name))),
    ]
  }
  return readdirSync(root)
    .toSorted()
    .flatMap((name) => walk(join(root, name)))
}
