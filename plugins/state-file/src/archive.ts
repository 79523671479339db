import { type BlobArgument, type FileAnswer, makeBlob } from '@prove/core'
import { type Stamp, stampOf, stampText } from './archive-stamp.js'
import { checksumText } from './checksum.js'
import { declaredSum, fetcherProblem, requestOf, sumsProblem } from './declared-download.js'
import type { Fetcher } from './reads/web.js'
import type { ArchiveOrigin } from './steps/extract.js'
import { urlHash } from './steps/download.js'
import { nameInUrl, type WebRequest } from './web-address.js'

/** An archive, and what is made of it, as a state says. */
export interface GivenArchive extends Omit<WebRequest, 'url'> {
  readonly path: string
  readonly source?: BlobArgument | undefined
  readonly archive?: string | undefined
  readonly url?: string | undefined
  readonly checksum?: string | undefined
  readonly checksum_url?: string | undefined
  readonly strip?: number | undefined
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
  readonly file_mode?: string | undefined
  readonly directory_mode?: string | undefined
  readonly stamp?: string | undefined
}

interface SeenArchive {
  readonly local?: FileAnswer | undefined
  readonly sums?: string | undefined
}

/** The file that tells what was extracted. */
export const stampPath = ({ path, stamp = '.prove-extracted' }: Pick<GivenArchive, 'path' | 'stamp'>): string =>
  `${path === '/' ? '' : path}/${stamp}`

/** The name of the archive; of one of the catalog nobody knows it. */
export const nameOf = ({ archive, url }: GivenArchive): string => {
  if (url !== undefined) return nameInUrl(url)
  return archive?.slice(archive.lastIndexOf('/') + 1) ?? ''
}

const programs: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.zip$/i, ['unzip']],
  [/\.tar$/i, ['tar']],
  [/\.(tar\.gz|tgz)$/i, ['tar', 'gzip']],
  [/\.(tar\.bz2|tbz2?)$/i, ['tar', 'bzip2']],
  [/\.(tar\.xz|txz)$/i, ['tar', 'xz']],
  [/\.(tar\.zst|tzst)$/i, ['tar', 'zstd']],
]

/** What unpacks an archive of this name. Its content may ask for something else yet. */
export const programsOf = (name: string): readonly string[] =>
  programs.find(([pattern]) => pattern.test(name))?.[1] ?? []

/** Where the archive is, and what it is; undefined where that is not known. */
export const archiveOf = (given: GivenArchive, { local, sums }: SeenArchive): ArchiveOrigin | undefined => {
  const { source, archive, url } = given
  if (source !== undefined) return { from: 'catalog', blob: { sha256: source.sha256, size: source.size } }
  if (archive !== undefined) {
    return local?.sha256 === undefined ? undefined : { from: 'target', path: archive, sha256: local.sha256 }
  }
  if (url === undefined) return undefined
  const asked = { ...given, url }
  if (given.checksum_url !== undefined && sums === undefined) return undefined
  return { from: 'web', request: requestOf(asked), checksum: declaredSum(asked, sums) }
}

/** Of an archive on a server without a checksum only the address is known. */
const identityOf = (origin: ArchiveOrigin): string => {
  switch (origin.from) {
    case 'catalog':
      return `sha256:${origin.blob.sha256}`
    case 'target':
      return `sha256:${origin.sha256}`
    case 'web':
      return origin.checksum === undefined ? `url:${urlHash(origin.request.url)}` : checksumText(origin.checksum)
  }
}

/** What the stamp is to say, and the hash of its text; undefined where the archive is not known. */
export const seenStamp = (
  given: GivenArchive,
  seen: SeenArchive,
): (Stamp & { readonly sha256: string }) | undefined => {
  const origin = archiveOf(given, seen)
  if (origin === undefined) return undefined
  const { strip, include, exclude, owner, group, file_mode, directory_mode } = given
  const stamp = stampOf(identityOf(origin), { strip, include, exclude, owner, group, file_mode, directory_mode })
  return { ...stamp, sha256: makeBlob(stampText(stamp)).sha256 }
}

/** Why the archive is not to be had. */
export const archiveProblem = (given: GivenArchive, { local, sums }: SeenArchive): string | undefined => {
  const { archive, url } = given
  if (archive !== undefined) return localProblem(archive, local)
  return url === undefined ? undefined : sumsProblem({ ...given, url }, sums)
}

/** The program that the target lacks to fetch and unpack it. */
export const missingProgram = (given: GivenArchive, seen: object): string | undefined => {
  const { tool = 'none', ...answers } = seen as { readonly tool?: Fetcher } & Readonly<Record<string, unknown>>
  const name = programsOf(nameOf(given)).find((each) => answers[`program/${each}`] === false)
  if (name !== undefined) return `unavailable: ${name}`
  return given.url === undefined ? undefined : fetcherProblem({ ...given, url: given.url }, tool)
}

const localProblem = (archive: string, local: FileAnswer | undefined): string | undefined => {
  if (local === undefined || local.type === 'absent') return `"${archive}" does not exist`
  if (local.type === 'link') return `"${archive}" is a symbolic link: name the file that it leads to`
  if (local.type !== 'file') return `"${archive}" is no regular file`
  return local.sha256 === undefined ? `this user may not read "${archive}"` : undefined
}
