import { type Blob, quoteAll, type Step, type StepKind } from '@prove/core'
import { apt } from '../managers/apt.js'
import { changeLibrary, runSeconds } from './change-library.js'
import { repositoryLibrary } from './repository-library.js'

/** A file of a repository, and what it is to hold. */
interface PlacedFile {
  readonly path: string
  readonly blob: Blob
}

/** Puts the description of a repository in place, fetches its package lists, and takes it back where these cannot be had. */
export interface RepositoryStep extends Step {
  readonly kind: 'pkgrepo.write'
  readonly name: string
  readonly path: string
  readonly blob: Blob
  readonly key?: PlacedFile | undefined
  /** False for one that is not in use. */
  readonly update: boolean
  /** Seconds to wait while somebody else holds a lock. */
  readonly lock: number
}

/** Takes the description of a repository, and its key, away. */
export interface RepositoryRemoveStep extends Step {
  readonly kind: 'pkgrepo.remove'
  readonly paths: readonly string[]
}

/** Fetching lists runs what the host has configured to run then: it touches everything. */
export const repositoryWriteKind: StepKind<RepositoryStep> = {
  name: 'pkgrepo.write',
  blobs: ({ blob, key }) => [blob, ...(key === undefined ? [] : [key.blob])],
  mayRefuse: ({ update }) => update,
  command: ({ name, path, blob, key, update, lock }, blobPath) =>
    `pkg_repository ${quoteAll([
      String(lock),
      name,
      update ? 'y' : '',
      path,
      blobPath(blob),
      blob.sha256,
      ...(key === undefined ? [] : [key.path, blobPath(key.blob), key.blob.sha256]),
    ])}`,
  library: () => `${apt.library}${changeLibrary}${repositoryLibrary}`,
  leftovers: ({ path, key }) => [path, ...(key === undefined ? [] : [key.path])].map((each) => `${each}.prove-new`),
  seconds: ({ lock }) => lock + runSeconds,
}

/** Lists of a repository that is gone are not looked at any more, whether or not they are still there. */
export const repositoryRemoveKind: StepKind<RepositoryRemoveStep> = {
  name: 'pkgrepo.remove',
  command: ({ paths }) => `rm -f -- ${quoteAll(paths)}`,
  touches: ({ paths }) => ({ paths }),
}
