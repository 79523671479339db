import { type Interface, macOf, type NetworkEvidence } from './interface.js'

/** The same out of files alone, for images that have no program for it. */
export const interfacesOfProc = (evidence: NetworkEvidence): ReadonlyMap<string, Interface> => {
  const interfaces = new Map<string, Interface>()
  for (const line of linesOf(evidence['links'])) {
    const [name = '', mtu, flags, mac] = line.split(' ')
    const up = (Number(flags) & 1) === 1
    interfaces.set(name, { mac: macOf(mac), mtu: Number(mtu) || null, up, addresses: [] })
  }
  const networks = networksOf(evidence['route'])
  for (const address of localAddresses(evidence['fib_trie'])) {
    const network = networks.find(({ base, mask }) => (numberOf(address) & mask) >>> 0 === base)
    // The kernel lists what it answers to, not where: it is the device of the network that the address is in.
    const device = address.startsWith('127.') ? 'lo' : network?.device
    const prefix = device === 'lo' ? 8 : (network?.prefix ?? 32)
    interfaces.get(device ?? '')?.addresses.push({ address, prefix, family: 'ipv4' })
  }
  for (const line of linesOf(evidence['if_inet6'])) {
    const [digits = '', , bits = '', , flags = '', name = ''] = line.trim().split(/\s+/)
    // 0x01: temporary.
    if (!/^[0-9a-f]{32}$/.test(digits) || (Number.parseInt(flags, 16) & 1) === 1) continue
    interfaces
      .get(name)
      ?.addresses.push({ address: shortened(digits), prefix: Number.parseInt(bits, 16), family: 'ipv6' })
  }
  return interfaces
}

const linesOf = (text = ''): readonly string[] => text.split('\n').filter((line) => line !== '')

interface Network {
  readonly device: string
  readonly base: number
  readonly mask: number
  readonly prefix: number
}

/** The networks of /proc/net/route, the narrowest first, without the default route. */
const networksOf = (route: string | undefined): readonly Network[] =>
  linesOf(route)
    .flatMap((line) => {
      const [device = '', base = '', , , , , , mask = ''] = line.split(/\s+/)
      if (!/^[0-9A-F]{8}$/.test(base) || !/^[0-9A-F]{8}$/.test(mask) || mask === '00000000') return []
      const bits = swapped(mask)
      const prefix = bits.toString(2).replaceAll('0', '').length
      return [{ device, base: swapped(base), mask: bits, prefix }]
    })
    .toSorted((a, b) => b.prefix - a.prefix)

/** A number whose bytes were written last one first. */
const swapped = (hex: string): number => Number.parseInt(hex.match(/../g)?.toReversed().join('') ?? '', 16)

const numberOf = (address: string): number => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)

/** The addresses that /proc/net/fib_trie calls local, each followed by `/32 host LOCAL`; both tables list them. */
const localAddresses = (trie = ''): readonly string[] => [
  ...new Set([...trie.matchAll(/\|-- (\d+\.\d+\.\d+\.\d+)\n\s+\/32 host LOCAL/g)].map(([, address = '']) => address)),
]

/** As everybody writes it: the longest run of zeros as `::`. What parses addresses of pages knows how. */
const shortened = (digits: string): string =>
  new URL(`http://[${digits.match(/..../g)?.join(':') ?? ''}]`).hostname.slice(1, -1)
