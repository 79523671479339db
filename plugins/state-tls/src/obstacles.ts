import { blocked, type Blocked } from '@prove/core'
import type { KeyFacts } from './reads/public-key.js'
import type { TlsAnswer } from './reads/tls.js'

/** The private key at a path, or why it is of no use. */
export const keyIn = (path: string, answer: TlsAnswer<KeyFacts>): KeyFacts | Blocked => {
  if ('found' in answer) return answer.found
  switch (answer.why) {
    case 'absent':
      return blocked(`there is no private key at "${path}"`)
    case 'unreadable':
      return blocked(`this user may not read "${path}"`)
    default:
      return blocked(`"${path}" holds no private key that openssl reads without a passphrase`)
  }
}

/** What is in the way of replacing what a file holds; undefined where it may be replaced. */
export const contentObstacle = (path: string, answer: TlsAnswer<unknown>): Blocked | undefined => {
  if ('found' in answer) return undefined
  if (answer.why === 'unreadable') return blocked(`this user may not read "${path}"`)
  if (answer.why !== 'mixed') return undefined
  return blocked(`"${path}" holds a private key as well, which would be lost: keep the two in files of their own`)
}

export const isObstacle = (found: object): found is Blocked => 'blocked' in found
