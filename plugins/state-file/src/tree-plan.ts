import type { Blocked, Change, ContentAnswer, FileAnswer, Read, Step } from '@prove/core'
import { blocked, content, entry, file } from '@prove/core'
import { accountReads, missingParents, obstacleTo, ownershipChanges, ownershipObstacle } from '@prove/core/files'
import { type Listed, listing } from './reads/listing.js'
import { compareEntry, type EntryGiven } from './tree-comparison.js'
import { type WantedTree, above, placeOf, wantedTree } from './tree-entries.js'
import { extrasOf } from './tree-extras.js'

export interface TreeGiven extends EntryGiven {
  readonly source?: Parameters<typeof wantedTree>[0]['source']
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly create_parents?: boolean | undefined
}

/** Answers by the names of their reads: those of entries by their kind of question and path. */
export type TreeSeen = Readonly<Record<string, unknown>>

/** Diffs of so many files are shown; of more, a person reads none. */
const shownDiffs = 50

const nowOf = (seen: TreeSeen, path: string): FileAnswer => seen[`now/${path}`] as FileAnswer

/** What is to be known of the target, in rounds: what is there; then what of it differs, and what is to go. */
export const treeReads = (given: TreeGiven, seen: TreeSeen): Readonly<Record<string, Read>> => {
  const { path: root, delete_extra: deletes = false } = given
  const wanted = wantedTree(given)
  const reads: Record<string, Read> = { now: entry(root), ...accountReads(given) }
  if (deletes) reads['listed'] = listing(root)
  for (const { path, type } of wanted.entries) {
    const place = placeOf(root, path)
    reads[`now/${path}`] = type === 'file' ? file(place) : entry(place)
  }
  if (seen['now'] === undefined) return reads
  for (const path of given.secret === true ? [] : differing(wanted, seen).slice(0, shownDiffs)) {
    reads[`old/${path}`] = content(placeOf(root, path))
  }
  const listed = seen['listed'] as readonly Listed[] | undefined
  for (const { path } of listed === undefined ? [] : extrasOf(wanted, listed).tops) {
    reads[`extra/${path}`] = entry(placeOf(root, path))
  }
  return reads
}

const differing = ({ entries }: WantedTree, seen: TreeSeen): readonly string[] =>
  entries.flatMap((each) => {
    if (each.type !== 'file') return []
    const { type, sha256 } = nowOf(seen, each.path)
    return type === 'file' && sha256 !== undefined && sha256 !== each.blob.sha256 ? [each.path] : []
  })

export interface TreePlan {
  readonly changes: readonly Change[]
  readonly steps: readonly Step[]
}

/** All that differs, and the steps that mend it; or the first thing that stands in the way. */
export const planTree = (given: TreeGiven, seen: TreeSeen): TreePlan | Blocked => {
  const root = seen['now'] as FileAnswer
  const accounts = seen as { readonly user?: { id: number | undefined }; readonly group?: { id: number | undefined } }
  const obstacle = ownershipObstacle(given, { ...accounts, now: root })
  if (obstacle !== undefined) return blocked(obstacle)
  const first = rootPlan(given, root)
  if ('blocked' in first) return first
  const plan = new Planning(given, seen, first)
  return plan.problem === undefined ? plan.result : blocked(plan.problem)
}

const rootPlan = (given: TreeGiven, now: FileAnswer): TreePlan | Blocked => {
  const { path, owner, group, directory_mode: mode } = given
  if (now.type === 'absent') {
    const obstacle = obstacleTo(path, now, given.create_parents === true)
    if (obstacle !== undefined) return obstacle
    const step = { kind: 'file.directory', path, owner, group, mode, parents: missingParents(path, now) } as Step
    return { changes: [{ field: 'type', from: null, to: 'directory' }], steps: [step] }
  }
  if (now.type === 'link') {
    return blocked(`"${path}" is a symbolic link to "${now.target}": name the directory that it leads to`)
  }
  if (now.type !== 'directory') return blocked(`"${path}" is no directory but a ${now.type}`)
  const changes = ownershipChanges({ owner, group, mode }, now)
  if (changes.length === 0) return { changes, steps: [] }
  if (!now.mine) return blocked(`this user may not change "${path}"`)
  return { changes, steps: [{ kind: 'file.attributes', type: 'directory', path, owner, group, mode } as Step] }
}

/** In which order things are done: what is in the way goes first, and what nobody needs any more last. */
const order = ['file.remove', 'file.directory', 'file.write', 'file.link', 'file.attributes']

class Planning {
  problem: string | undefined
  readonly #changes: Change[]
  readonly #steps: Step[] = []
  readonly #removals: Step[] = []
  /** Directories that are not there yet, or are something else so far. */
  readonly #fresh = new Set<string>()
  /** Directories that give way to something else. */
  readonly #replaced: string[] = []

  constructor(
    private readonly given: TreeGiven,
    private readonly seen: TreeSeen,
    private readonly root: TreePlan,
  ) {
    this.#changes = [...root.changes]
    const wanted = wantedTree(given)
    for (const each of wanted.entries) this.#take(each)
    const listed = seen['listed'] as readonly Listed[] | undefined
    if (listed !== undefined) this.#remove(wanted, listed)
  }

  get result(): TreePlan {
    const rank = (step: Step): number => order.indexOf(step.kind)
    const sorted = this.#steps.toSorted((a, b) => rank(a) - rank(b) || byDirectory(a, b))
    return { changes: this.#changes, steps: [...this.root.steps, ...sorted, ...this.#removals] }
  }

  #take(each: WantedTree['entries'][number]): void {
    const parent = above(each.path).at(-1)
    const isFresh = parent === undefined ? (this.seen['now'] as FileAnswer).type === 'absent' : this.#fresh.has(parent)
    const old = this.seen[`old/${each.path}`] as ContentAnswer | undefined
    const now = nowOf(this.seen, each.path)
    const found = compareEntry(this.given, each, now, { isFresh, old })
    if ('problem' in found) {
      this.problem ??= found.problem
      return
    }
    if (each.type === 'directory' && (isFresh || now.type !== 'directory')) this.#fresh.add(each.path)
    this.#changes.push(...found.changes)
    this.#steps.push(...found.steps)
    if (found.replaced === undefined) return
    if (found.replaced.type === 'directory') this.#replaced.push(each.path)
    this.#steps.push(removal(placeOf(this.given.path, each.path)))
  }

  #remove(wanted: WantedTree, listed: readonly Listed[]): void {
    const { all, tops } = extrasOf(wanted, listed)
    const goes = (path: string): boolean => above(path).some((each) => this.#replaced.includes(each))
    const kept = listed.find(({ path }) => goes(path) && !all.some((each) => each.path === path))
    if (kept !== undefined) {
      this.problem ??= `"${placeOf(this.given.path, kept.path)}" is left alone, and in a directory that the source replaces`
    }
    for (const { path, type } of all) this.#changes.push({ field: path, from: type, to: 'absent' })
    for (const { path } of tops) if (!goes(path)) this.#removeTop(path)
  }

  #removeTop(path: string): void {
    const now = this.seen[`extra/${path}`] as FileAnswer
    const place = placeOf(this.given.path, path)
    if (now.mount !== undefined) {
      this.problem ??= `something is mounted at or below "${place}"; exclude would leave it alone`
    } else if (!now.writable) this.problem ??= `this user may not remove "${place}"`
    else if (now.type !== 'absent') this.#removals.push(removal(place))
  }
}

const removal = (path: string): Step => ({ kind: 'file.remove', path, recurse: true }) as Step

/** Files of one directory are neighbours: they are made together. */
const byDirectory = (a: Step, b: Step): number => {
  const [left, right] = [directoryOf(a), directoryOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const directoryOf = (step: Step): string => {
  const { path } = step as Step & { readonly path: string }
  // A directory is made before what is in it: their own order is kept.
  return step.kind === 'file.write' ? path.slice(0, path.lastIndexOf('/')) : ''
}
