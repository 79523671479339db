import { type Interface, macOf } from './interface.js'

/** What `ip addr` prints, of iproute2 or busybox: a line for each interface, and indented ones of what it has. */
export const interfacesOfIp = (output: string): ReadonlyMap<string, Interface> => {
  const interfaces = new Map<string, Interface>()
  let name = ''
  for (const line of output.split('\n')) {
    const head = /^\d+: ([^\s:@]+)(?:@\S+)?: <([^>]*)>(?:.* mtu (\d+))?/.exec(line)
    if (head !== null) {
      name = head[1] ?? ''
      const up = head[2]?.split(',').includes('UP') === true
      interfaces.set(name, { mac: null, mtu: Number(head[3]) || null, up, addresses: [] })
      continue
    }
    const current = interfaces.get(name)
    const words = line.trim().split(/\s+/)
    if (current === undefined || !line.startsWith(' ')) continue
    if (words[0]?.startsWith('link/') === true) interfaces.set(name, { ...current, mac: macOf(words[1]) })
    else addAddress(current, words)
  }
  return interfaces
}

/** `inet 10.0.0.5/24 …`, or `inet 10.0.0.1 peer 10.0.0.2/32 …`: the bits stand at the peer. */
const addAddress = ({ addresses }: Interface, [family, local, peer, remote, ...rest]: readonly string[]): void => {
  if (family !== 'inet' && family !== 'inet6') return
  if ([peer, remote, ...rest].includes('temporary')) return
  const [address = '', bits] = local?.split('/') ?? []
  const prefix = Number(peer === 'peer' ? (bits ?? remote?.split('/')[1]) : bits)
  const full = family === 'inet' ? 32 : 128
  if (!/^[0-9a-f.:]+$/i.test(address)) return
  addresses.push({
    address,
    prefix: Number.isInteger(prefix) ? prefix : full,
    family: family === 'inet' ? 'ipv4' : 'ipv6',
  })
}
