import {
  entry,
  exec,
  type ExecStep,
  file,
  type FileAnswer,
  type FileLinkStep,
  type FileRemoveStep,
  quote,
  type Read,
} from '@prove/core'
import { root, test, testWithLink } from './configuration.js'
import { linkAt, type LinkAnswer } from './reads/link.js'

/** Where a site is, in the two ways in which distributions lay out sites. */
export interface SitePaths {
  /** The text, and the link that makes it count. */
  readonly available: string
  readonly link: string
  /** A file that counts by its name, and the same where it does not. */
  readonly file: string
  readonly off: string
}

export const pathsOf = (name: string): SitePaths => ({
  available: `${root}/sites-available/${name}`,
  link: `${root}/sites-enabled/${name}`,
  file: `${root}/conf.d/${name}.conf`,
  off: `${root}/conf.d/${name}.conf.disabled`,
})

export type SiteReads = {
  readonly sites: Read<FileAnswer>
  readonly confd: Read<FileAnswer>
  readonly available: Read<FileAnswer>
  readonly link: Read<LinkAnswer>
  readonly file: Read<FileAnswer>
  readonly off: Read<FileAnswer>
}

export interface SeenSite {
  readonly sites: FileAnswer
  readonly confd: FileAnswer
  readonly available: FileAnswer
  readonly link: LinkAnswer
  readonly file: FileAnswer
  readonly off: FileAnswer
}

/** All of both layouts: which it is comes with the answers. */
export const siteReads = (paths: SitePaths): SiteReads => ({
  sites: entry(`${root}/sites-available`),
  confd: entry(`${root}/conf.d`),
  available: file(paths.available),
  link: linkAt(paths.link),
  file: file(paths.file),
  off: file(paths.off),
})

/** A site in the layout that the target has. */
export interface Layout {
  /** Where the text goes, and what is there. */
  readonly path: string
  readonly now: FileAnswer
  /** Whether it counts; null where nothing is there. */
  readonly enabled: boolean | null
  readonly obstacle?: string
  /** How new text is tried once it is in place. */
  readonly confirm?: string
  /** What it takes, ahead of the text, to make it count no more. */
  readonly before: readonly SiteStep[]
  /** And behind it, to make it count. */
  readonly after: readonly SiteStep[]
  /** What there is of it, to be removed in this order. */
  readonly remains: readonly FileRemoveStep[]
}

type SiteStep = ExecStep | FileLinkStep | FileRemoveStep

/** How a site is wanted. */
export interface Wanted {
  readonly enabled: boolean
  /** Its text is given: what is there is not needed. */
  readonly text: boolean
}

const confirm = { command: test }

const remove = (path: string, now: FileAnswer | LinkAnswer, isUsed: boolean): readonly FileRemoveStep[] =>
  now.type === 'absent' ? [] : [{ kind: 'file.remove', path, ...(isUsed ? { confirm } : {}) }]

const withLinks = ({ available: path, link: at }: SitePaths, wanted: Wanted, seen: SeenSite): Layout => {
  const { available: now, link } = seen
  const isRight = link.type === 'link' && (link.target === path || link.target === path.replace(root, '..'))
  const isOff = link.type === 'absent'
  const isSwitched = wanted.enabled ? !isRight : !isOff
  return {
    path,
    now,
    enabled: isOff ? (now.type === 'absent' ? null : false) : !wanted.enabled || isRight,
    ...(link.type === 'other' ? { obstacle: `"${at}" is no symbolic link` } : {}),
    ...(isSwitched && !link.writable ? { obstacle: `this user may not change "${at}"` } : {}),
    ...(wanted.enabled ? { confirm: isRight ? test : testWithLink(at, path) } : {}),
    before: wanted.enabled ? [] : remove(at, link, true),
    after: isSwitched && wanted.enabled ? [{ kind: 'file.link', path: at, target: path, confirm }] : [],
    remains: [...remove(at, link, true), ...remove(path, now, false)],
  }
}

/** Where no text is given, what is there goes by its other name. */
const move = (from: string, to: string): SiteStep =>
  exec({
    command: `mv -- ${quote(from)} ${quote(to)} && ${test} || { r=$?; mv -- ${quote(to)} ${quote(from)}; exit $r; }`,
  })

const withFiles = (paths: SitePaths, wanted: Wanted, seen: SeenSite): Layout => {
  const { file: on, off } = seen
  const isThere = on.type !== 'absent'
  const isSwitched = wanted.enabled ? !isThere && off.type !== 'absent' : isThere
  const path = wanted.enabled ? paths.file : paths.off
  const before = wanted.text ? remove(paths.file, on, true) : [move(paths.file, paths.off)]
  const after = wanted.text ? remove(paths.off, off, false) : [move(paths.off, paths.file)]
  return {
    path,
    now: wanted.enabled ? on : off,
    enabled: isThere ? true : off.type === 'absent' ? null : false,
    ...(wanted.enabled ? { confirm: test } : {}),
    before: isSwitched && !wanted.enabled ? before : [],
    after: isSwitched && wanted.enabled ? after : [],
    remains: [...remove(paths.file, on, true), ...remove(paths.off, off, false)],
  }
}

/** Undefined where there is no nginx, as far as its directories tell. */
export const layoutOf = (paths: SitePaths, wanted: Wanted, seen: SeenSite): Layout | undefined => {
  if (seen.sites.type === 'directory') return withLinks(paths, wanted, seen)
  return seen.confd.type === 'directory' ? withFiles(paths, wanted, seen) : undefined
}
