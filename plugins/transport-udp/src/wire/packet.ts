/** Names one end of a connection: 8 random bytes as latin1 text. Who does not know it cannot say anything to that end. */
export type ConnectionId = string

/** Bytes of the longest datagram: what every path of the internet carries unbroken. */
export const datagramLimit = 1200

/** Bytes of a question that comes before an address is proven; no answer to it is longer. */
export const questionLength = 64

/** Bytes of the longest piece of a stream in one datagram: what is left beside the head, the acknowledgement and the checksum. */
export const segmentLimit = 1171

/** Segments that an acknowledgement may tell of one by one. */
export const windowLimit = 1024

/** Which segments have come. Segments are numbered from 0, and never wrap around: 48 bits. */
export interface Acknowledgement {
  /** The first that has not come. */
  readonly next: number
  /** How many from there on are taken, at most `windowLimit`. */
  readonly window: number
  /** A bit for each segment behind `next` that has come, lowest first; empty when there is none. */
  readonly held: Buffer
}

/** A piece of one direction of a stream. */
export interface SegmentPart {
  readonly number: number
  readonly bytes: Buffer
  /** Nothing comes after it. */
  readonly isLast: boolean
}

/** What the two ends of a connection that stands say to each other; `to` is the id of who receives it. */
export interface StreamPacket {
  readonly kind: 'stream'
  readonly to: ConnectionId
  /** Asks for an acknowledgement at once. */
  readonly isProbe: boolean
  /** Both directions have ended, and all of both has arrived. */
  readonly isDone: boolean
  readonly acknowledgement?: Acknowledgement
  readonly segment?: SegmentPart
}

/** Proves that who sends it receives what is sent to its address. */
export interface Cookie {
  /** When it was made, in seconds of the listener's clock. */
  readonly stamp: number
  /** 16 bytes that only the listener can make. */
  readonly seal: Buffer
}

export type Packet =
  /** Who dials asks for a cookie. */
  | { readonly kind: 'hello'; readonly dialler: ConnectionId }
  | { readonly kind: 'cookie'; readonly dialler: ConnectionId; readonly cookie: Cookie }
  /** Who dials brings the cookie back, and asks for a connection. */
  | { readonly kind: 'open'; readonly dialler: ConnectionId; readonly cookie: Cookie }
  | { readonly kind: 'welcome'; readonly dialler: ConnectionId; readonly listener: ConnectionId }
  | { readonly kind: 'refusal'; readonly dialler: ConnectionId; readonly isFull: boolean }
  | StreamPacket
  /** The other side has given up the connection. */
  | { readonly kind: 'reset'; readonly to: ConnectionId }
  /** Nobody is known by the id that a packet was sent to. */
  | { readonly kind: 'gone'; readonly unknown: ConnectionId }
