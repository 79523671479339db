import { describe, expect, it } from 'vitest'
import { networkSource } from './network.js'

const iproute = `-- ip
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host noprefixroute 
       valid_lft forever preferred_lft forever
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether 52:54:00:AB:cd:ef brd ff:ff:ff:ff:ff:ff
    altname enp1s0
    inet 10.0.0.5/24 metric 100 brd 10.0.0.255 scope global dynamic eth0
       valid_lft 85961sec preferred_lft 85961sec
    inet 10.0.0.6/24 scope global secondary eth0:1
       valid_lft forever preferred_lft forever
    inet6 2001:db8::91f2/64 scope global temporary dynamic 
       valid_lft 603561sec preferred_lft 84634sec
    inet6 2001:db8::5/64 scope global dynamic mngtmpaddr noprefixroute 
       valid_lft 2591793sec preferred_lft 604593sec
    inet6 fe80::5054:ff:feab:cdef/64 scope link 
       valid_lft forever preferred_lft forever
3: eth0.10@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000
    link/ether 52:54:00:ab:cd:ef brd ff:ff:ff:ff:ff:ff
4: tun0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1400 qdisc fq_codel state UNKNOWN group default qlen 500
    link/none 
    inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0
       valid_lft forever preferred_lft forever
-- default
eth0\t00000000\t0100000A\t0003 0\t0\t100\t00000000\t0\t0\t0
-- resolv
nameserver 127.0.0.53
nameserver 2001:db8::53 # the second one
domain old.example
search a.example b.example
`

const eth0 = {
  mac: '52:54:00:ab:cd:ef',
  mtu: 1500,
  up: true,
  addresses: [
    { address: '10.0.0.5', prefix: 24, family: 'ipv4' },
    { address: '10.0.0.6', prefix: 24, family: 'ipv4' },
    { address: '2001:db8::5', prefix: 64, family: 'ipv6' },
    { address: 'fe80::5054:ff:feab:cdef', prefix: 64, family: 'ipv6' },
  ],
}

describe('a network', () => {
  it('is read from iproute2', () => {
    expect(networkSource.parse(iproute)).toEqual({
      interfaces: {
        lo: {
          mac: null,
          mtu: 65536,
          up: true,
          addresses: [
            { address: '127.0.0.1', prefix: 8, family: 'ipv4' },
            { address: '::1', prefix: 128, family: 'ipv6' },
          ],
        },
        eth0,
        'eth0.10': { mac: '52:54:00:ab:cd:ef', mtu: 1500, up: false, addresses: [] },
        tun0: { mac: null, mtu: 1400, up: true, addresses: [{ address: '10.8.0.6', prefix: 32, family: 'ipv4' }] },
      },
      defaultInterface: 'eth0',
      defaultGateway: '10.0.0.1',
      defaultAddress: '10.0.0.5',
      addresses: ['10.0.0.5', '10.0.0.6', '2001:db8::5', '10.8.0.6'],
      dns: { servers: ['127.0.0.53', '2001:db8::53'], search: ['a.example', 'b.example'] },
    })
  })

  it('is read from busybox', () => {
    const output = `-- ip
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
9: eth0@if10: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue 
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
       valid_lft forever preferred_lft forever
-- default
`
    expect(networkSource.parse(output)).toMatchObject({
      interfaces: { eth0: { mac: '02:42:ac:11:00:02', addresses: [{ address: '172.17.0.2', prefix: 16 }] } },
      defaultInterface: null,
      defaultGateway: null,
      addresses: ['172.17.0.2'],
      dns: null,
    })
  })

  it('is read from the files of the kernel where there is no program for it', () => {
    expect(networkSource.parse(files)).toEqual({
      interfaces: {
        lo: {
          mac: null,
          mtu: 65536,
          up: true,
          addresses: [
            { address: '127.0.0.1', prefix: 8, family: 'ipv4' },
            { address: '::1', prefix: 128, family: 'ipv6' },
          ],
        },
        eth0: {
          mac: '02:fc:00:00:00:01',
          mtu: 1400,
          up: true,
          addresses: [
            { address: '192.0.2.2', prefix: 24, family: 'ipv4' },
            { address: 'fd00::2', prefix: 64, family: 'ipv6' },
            { address: 'fe80::fc:ff:fe00:1', prefix: 64, family: 'ipv6' },
          ],
        },
        dummy0: { mac: null, mtu: null, up: false, addresses: [] },
      },
      defaultInterface: 'eth0',
      defaultGateway: '192.0.2.1',
      defaultAddress: '192.0.2.2',
      addresses: ['192.0.2.2', 'fd00::2'],
      dns: { servers: [], search: [] },
    })
  })

  it('has the default route of IPv6 where IPv4 has none', () => {
    const output = '-- default6\ndefault via fe80::1 proto ra metric 1024 expires 1650sec pref medium dev eth9\n'
    const known = '-- default6\ndefault via fe80::1 dev eth0 proto ra metric 1024 expires 1650sec pref medium\n'
    expect(networkSource.parse(output)).toMatchObject({ defaultGateway: 'fe80::1', defaultInterface: 'eth9' })
    expect(networkSource.parse(iproute.replace(/-- default\n.*\n/, known))).toMatchObject({
      defaultGateway: 'fe80::1',
      defaultInterface: 'eth0',
      defaultAddress: '10.0.0.5',
    })
  })

  it('has a default route without a next hop', () => {
    const output = '-- default\nppp0\t00000000\t00000000\t0001 0 0 0 00000000\n'
    expect(networkSource.parse(output)).toMatchObject({ defaultInterface: 'ppp0', defaultGateway: null })
  })

  it('is unknown from nothing, and from what is no answer', () => {
    const nothing = { interfaces: null, defaultInterface: null, defaultGateway: null, addresses: null, dns: null }
    for (const output of ['', 'ip: command not found\n', '-- ip\nDevice "x" does not exist.\n', '\0\xff-- \n-- ip']) {
      expect(networkSource.parse(output)).toEqual({ ...nothing, defaultAddress: undefined })
    }
  })

  it('never throws, wherever its output breaks off', () => {
    for (const whole of [iproute, files]) {
      for (let i = 0; i <= whole.length; i++) expect(() => networkSource.parse(whole.slice(0, i))).not.toThrow()
    }
  })
})

const files = `-- ip
-- links
lo 65536 0x9 00:00:00:00:00:00
eth0 1400 0x1003 02:fc:00:00:00:01
dummy0   
-- fib_trie
Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
        |-- 127.255.255.255
           /32 link BROADCAST
     +-- 192.0.2.0/24 2 0 2
        +-- 192.0.2.0/30 2 0 2
           |-- 192.0.2.0
              /24 link UNICAST
           |-- 192.0.2.2
              /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
Local:
           |-- 192.0.2.2
              /32 host LOCAL
-- route
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
-- if_inet6
00000000000000000000000000000001 01 80 10 80       lo
fd000000000000000000000000000002 02 40 00 80     eth0
fd0000000000000000000000000000ff 02 40 00 01     eth0
fe8000000000000000fc00fffe000001 02 40 20 80     eth0
-- default
eth0 00000000 010200C0 0003 0 0 0 00000000
-- resolv
`
