/** Where a datagram came from, and where its answer goes. */
export interface Peer {
  readonly address: string
  readonly port: number
}

/** The same as text, one for each peer. */
export const peerKey = ({ address, port }: Peer): string => `${address} ${port}`
