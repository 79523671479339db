interface Address {
  readonly address: string
  /** Bits of the network. */
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

export interface Interface {
  /** Null where it has none, as the loopback device and tunnels. */
  readonly mac: string | null
  readonly mtu: number | null
  readonly up: boolean
  readonly addresses: Address[]
}

/** The sections of what the script printed. */
export type NetworkEvidence = Readonly<Record<string, string | undefined>>

/** Needs the name of an interface to be of use. */
export const isLinkLocal = (address: string): boolean => /^fe[89ab][0-9a-f]:/i.test(address)

/** Six bytes that are not all zero; what tunnels and the loopback device have instead is no address. */
export const macOf = (text: string | undefined): string | null =>
  text !== undefined && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) && text !== '00:00:00:00:00:00'
    ? text.toLowerCase()
    : null
