import type { FactSource } from '@prove/core'
import { type Interface, isLinkLocal, type NetworkEvidence } from './interface.js'
import { interfacesOfIp } from './ip-address.js'
import { interfacesOfProc } from './proc-network.js'

/**
 * One process: `ip`, in the form that both iproute2 and busybox print; where it is missing or may not ask, files of
 * /proc and /sys. The default route is read from /proc: it stands among the first there, however many
 * follow, after half a default route of a VPN and `*`, which leads nowhere.
 */
const script = `
echo '-- ip'
for p in ip /sbin/ip /usr/sbin/ip; do command -v "$p" >/dev/null && break; p=; done
if [ -z "$p" ] || ! "$p" addr; then
echo '-- links'
for d in /sys/class/net/*; do [ -d "$d" ] || continue
a=; m=; f=; read -r a <"$d/address"; read -r m <"$d/mtu"; read -r f <"$d/flags"; echo "\${d##*/} $m $f $a"; done
for f in fib_trie route if_inet6; do echo "-- $f"; head -n 5000 /proc/net/$f; done
fi
echo '-- default'
i=0; while read -r n d g a b c e m x && [ $i -lt 50 ]; do i=$((i+1))
case $n/$d/$m in '*'/*) ;; */00000000/00000000) echo "$n $d $g"; i=99;; esac; done </proc/net/route
[ $i = 99 ] || { echo '-- default6'; [ -z "$p" ] || "$p" -6 route show default; }
echo '-- resolv'
while read -r k v || [ -n "$k" ]; do case $k in nameserver|search|domain) echo "$k $v";; esac; done </etc/resolv.conf
:`

/** The sections of the output, by name. */
const evidenceOf = (output: string): NetworkEvidence => {
  const sections = output.split(/^-- /m).map((section) => {
    const end = section.indexOf('\n')
    return [section.slice(0, Math.max(end, 0)), section.slice(end + 1)] as const
  })
  return Object.fromEntries(sections)
}

/** An IPv4 address as /proc/net/route writes it: eight hexadecimal digits, the last byte first. */
const gatewayOf = (hex: string): string | null => {
  const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []
  const address = bytes.toReversed().join('.')
  return /^\d+\.\d+\.\d+\.\d+$/.test(address) && address !== '0.0.0.0' ? address : null
}

interface Route {
  readonly gateway: string | null
  readonly device: string | null
}

const defaultRoute = (evidence: NetworkEvidence): Route => {
  const [device, , hex] = evidence['default']?.trim().split(/\s+/) ?? []
  if (device !== undefined && hex !== undefined) return { gateway: gatewayOf(hex), device }
  const found = /^default(?: via (\S+))?.* dev (\S+)/m.exec(evidence['default6'] ?? '')
  return { gateway: found?.[1] ?? null, device: found?.[2] ?? null }
}

/** As the resolver takes it: the last of `search` and `domain` counts. */
const resolverOf = (lines: string): { readonly servers: readonly string[]; readonly search: readonly string[] } => {
  const words = lines.split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/),
  )
  const search = words.findLast(([key]) => key === 'search' || key === 'domain') ?? []
  return {
    servers: words.flatMap(([key, address]) => (key === 'nameserver' && address !== undefined ? [address] : [])),
    search: search.slice(1),
  }
}

const parse = (output: string): Readonly<Record<string, unknown>> => {
  const evidence = evidenceOf(output)
  const interfaces = evidence['links'] === undefined ? interfacesOfIp(evidence['ip'] ?? '') : interfacesOfProc(evidence)
  const { gateway, device } = defaultRoute(evidence)
  const own = device === null ? [] : (interfaces.get(device)?.addresses ?? [])
  return {
    interfaces: interfaces.size === 0 ? null : Object.fromEntries(interfaces),
    defaultInterface: device,
    defaultGateway: gateway,
    defaultAddress: own.find(({ address }) => !isLinkLocal(address))?.address,
    addresses: interfaces.size === 0 ? null : reachable(interfaces),
    dns: evidence['resolv'] === undefined ? null : resolverOf(evidence['resolv']),
  }
}

/** Addresses that others may use: those of the loopback device, and those that need a zone, are none. */
const reachable = (interfaces: ReadonlyMap<string, Interface>): readonly string[] => [
  ...new Set(
    [...interfaces]
      .filter(([name]) => name !== 'lo')
      .flatMap(([, { addresses }]) => addresses.map(({ address }) => address))
      .filter((address) => !isLinkLocal(address)),
  ),
]

/** How the host is connected. Addresses that IPv6 privacy makes up for a day are left out: they do not stay. */
export const networkSource: FactSource = {
  name: 'network',
  facts: {
    interfaces:
      'By name: `mac`, `mtu`, `up` (as it was set, with or without a cable), and `addresses`, each with `address`, ' +
      '`prefix` and `family` (`ipv4` or `ipv6`).',
    defaultInterface: 'The interface of the default route; of IPv6 only where IPv4 has none.',
    defaultGateway: 'The next hop of the default route; null where it has none.',
    defaultAddress: 'The first address of the default interface.',
    addresses: 'All addresses, without those of the loopback device and link-local ones of IPv6.',
    dns: '`servers` and `search` of /etc/resolv.conf.',
  },
  script,
  parse,
}
