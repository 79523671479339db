import { blocked, type Blocked } from '@prove/core'
import { isCommit } from './reads/checkout.js'

/** What a ref is in the repository. */
export interface Resolved {
  readonly kind: 'branch' | 'tag' | 'commit'
  /** Of a branch or a tag. */
  readonly name?: string
  readonly commit: string
}

/** The commit that a ref means, by what the repository told; a branch goes before a tag of the same name. */
export const resolveRef = (
  ref: string | undefined,
  remote: Readonly<Record<string, string>> = {},
): Resolved | Blocked => {
  if (ref !== undefined && isCommit(ref)) return { kind: 'commit', commit: ref.toLowerCase() }
  const head = remote['HEAD']
  if (ref === undefined) {
    if (head === undefined) return blocked('the repository is empty')
    const name = remote['symref']
    return name === undefined ? { kind: 'commit', commit: head } : { kind: 'branch', name, commit: head }
  }
  const branch = remote[`refs/heads/${ref}`]
  if (branch !== undefined) return { kind: 'branch', name: ref, commit: branch }
  const tag = remote[`refs/tags/${ref}^{}`] ?? remote[`refs/tags/${ref}`]
  if (tag !== undefined) return { kind: 'tag', name: ref, commit: tag }
  const isShort = /^[0-9a-f]{7,39}$/i.test(ref)
  return blocked(`the repository has no branch or tag "${ref}"${isShort ? '; a commit takes all its 40 digits' : ''}`)
}
