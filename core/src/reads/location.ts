/** One entry of a file system as `lstat` sees it; absent when there is none. */
export interface Entry {
  readonly type: 'file' | 'directory' | 'link' | 'other'
  readonly device: string
  readonly inode: string
  /** Only for links. */
  readonly target?: string
}

/**
 * Where a path really is, as keys to compare with. Keys are canonical paths (`p:`), inodes (`o:`) and entries of a
 * directory's inode (`i:`), so that links, bind mounts and hard links to the same thing overlap.
 */
export interface Location {
  /** Without links on the way; the last component itself is not followed. */
  readonly canonical: string
  /** An answer about the path is stale when a step touches any of these. */
  readonly rests: readonly string[]
  /** A step on the path touches these: the path itself, or the first missing directory above it. */
  readonly touches: readonly string[]
  /** The directories above what is touched, for answers about everything below a directory. */
  readonly above: readonly string[]
  /** The key that steps below this directory touch in `above`. */
  readonly below: readonly string[]
  /** False when a directory on the way does not exist or is not a directory. */
  readonly parent: 'directory' | 'absent' | 'other'
  /** The nearest existing directory above it, as a path to ask about. */
  readonly nearest: string
  /** Whether the path, followed to the end, exists. */
  readonly exists: boolean
}

/** A path and everything above it, from the root down. */
export const prefixesOf = (path: string): readonly string[] => {
  const prefixes = ['/']
  for (let i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) prefixes.push(path.slice(0, i))
  if (path !== '/') prefixes.push(path)
  return prefixes
}

const join = (directory: string, name: string): string => (directory === '/' ? `/${name}` : `${directory}/${name}`)

/** As the kernel counts. */
const maximumLinks = 40

class Walk {
  readonly rests = new Set<string>()
  readonly above = new Set<string>()
  at = '/'
  entry: Entry | undefined
  parent: Location['parent'] = 'directory'
  missing: { key: string; path: string } | undefined
  links = 0

  constructor(private readonly entries: ReadonlyMap<string, Entry>) {
    this.#stand('/', entries.get('/'))
  }

  get isOnLink(): boolean {
    return this.entry?.type === 'link'
  }

  #stand(path: string, entry: Entry | undefined): void {
    this.at = path
    this.entry = entry
    this.rests.add(`p:${path}`)
    if (entry !== undefined) this.rests.add(`o:${entry.device}:${entry.inode}`)
  }

  /** Goes one component down from a directory. `logical` is how the path was written, for entries known by it. */
  enter(name: string, logical: string | undefined): void {
    const { entry } = this
    if (entry === undefined || entry.type !== 'directory') {
      if (this.parent === 'directory') this.parent = entry === undefined ? 'absent' : 'other'
      this.#stand(join(this.at, name), undefined)
      return
    }
    const key = `i:${entry.device}:${entry.inode}/${name}`
    this.rests.add(key)
    this.above.add(`u:${entry.device}:${entry.inode}`)
    const path = join(this.at, name)
    const found = this.entries.get(path) ?? (logical === undefined ? undefined : this.entries.get(logical))
    if (found === undefined) this.missing ??= { key, path }
    this.#stand(path, found)
  }

  /** Follows the link it stands on, through further links. */
  follow(): void {
    while (this.entry?.type === 'link') {
      this.links += 1
      const target = this.entry.target ?? ''
      if (this.links > maximumLinks || target === '') {
        this.entry = undefined
        return
      }
      const base = target.startsWith('/') ? '/' : this.at.slice(0, this.at.lastIndexOf('/')) || '/'
      this.#stand(base, this.entries.get(base))
      const names = target.split('/').filter((name) => name !== '' && name !== '.')
      for (const [i, name] of names.entries()) {
        if (name === '..') {
          const up = this.at.slice(0, this.at.lastIndexOf('/')) || '/'
          this.#stand(up, this.entries.get(up))
        } else {
          this.enter(name, undefined)
          if (i < names.length - 1) this.follow()
        }
      }
    }
  }
}

/**
 * Resolves a path over the entries that a target reported: `entries` by the path as written (each prefix) and, where
 * links were crossed, by every real path on the way.
 */
export const locate = (path: string, entries: ReadonlyMap<string, Entry>): Location => {
  const walk = new Walk(entries)
  const prefixes = prefixesOf(path)
  let nearest = '/'
  let key: string | undefined
  for (const [i, prefix] of prefixes.entries()) {
    if (i === 0) continue
    if (walk.isOnLink) {
      walk.follow()
      // Nothing can be made below a link that leads nowhere.
      if (walk.entry === undefined) walk.parent = 'other'
    }
    if (walk.entry?.type === 'directory') {
      nearest = prefixes[i - 1] ?? '/'
      key = `i:${walk.entry.device}:${walk.entry.inode}/${prefix.slice(prefix.lastIndexOf('/') + 1)}`
    }
    walk.enter(prefix.slice(prefix.lastIndexOf('/') + 1), prefix)
  }
  const { at: canonical, entry, parent, missing } = walk
  const above = [...walk.above]
  const touches = [`p:${missing?.path ?? canonical}`]
  if (missing !== undefined) touches.push(missing.key)
  else if (key !== undefined) touches.push(key)
  if (entry !== undefined) touches.push(`o:${entry.device}:${entry.inode}`)
  const below = entry === undefined ? [] : [`u:${entry.device}:${entry.inode}`]
  if (entry?.type === 'link') walk.follow()
  return {
    canonical,
    rests: [...walk.rests],
    touches,
    above,
    below,
    parent,
    nearest,
    exists: walk.entry !== undefined,
  }
}
