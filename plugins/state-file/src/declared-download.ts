import { type Read, shownWebAddress } from '@prove/core'
import { type Checksum, givenChecksum, sumIn } from './checksum.js'
import { isPlain } from './fetch.js'
import { type Fetcher, webText } from './reads/web.js'
import { nameInUrl, requestTo, type WebRequest } from './web-address.js'

/** What a state says of something that a server has. */
export interface DeclaredDownload extends WebRequest {
  readonly checksum?: string | undefined
  readonly checksum_url?: string | undefined
}

/** What asks for it: nothing else of the arguments. */
export const requestOf = ({ url: address, headers, username, password, ca }: WebRequest): WebRequest => ({
  url: address,
  headers,
  username,
  password,
  ca,
})

/** The checksum that is declared, or that the published table has; undefined where there is none. */
export const declaredSum = (
  given: Pick<DeclaredDownload, 'url' | 'checksum' | 'checksum_url'>,
  sums: string | undefined,
): Checksum | undefined => {
  if (given.checksum !== undefined) return givenChecksum(given.checksum)
  return sums === undefined ? undefined : sumIn(sums, nameInUrl(given.url))
}

/** Reads the published table, where there is one. */
export const sumsReads = (given: DeclaredDownload): { readonly sums?: Read<string> } =>
  given.checksum_url === undefined ? {} : { sums: webText(requestOf(requestTo(given.checksum_url, given))) }

/** The sentence for a table that does not have the name. */
export const sumsProblem = (
  given: Pick<DeclaredDownload, 'url' | 'checksum' | 'checksum_url'>,
  sums: string | undefined,
): string | undefined =>
  given.checksum_url !== undefined && declaredSum(given, sums) === undefined
    ? `${shownWebAddress(given.checksum_url)} has no checksum, or no single one, of "${nameInUrl(given.url)}"`
    : undefined

/** Why the target cannot ask the server. */
export const fetcherProblem = (request: WebRequest, tool: Fetcher): string | undefined => {
  if (tool === 'none') return 'unavailable: curl'
  if (tool !== 'busybox' || isPlain(request)) return undefined
  return 'unavailable: curl; the wget of this target neither checks certificates nor keeps a secret'
}
