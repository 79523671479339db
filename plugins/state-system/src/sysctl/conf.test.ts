import { expect, it } from 'vitest'
import { settingIn, withoutSetting, withSetting } from './conf.js'
import { alsoRestsOn, canonicalKey, procPath } from './key.js'

const name = 'net.ipv4.ip_forward'

it.each([
  ['in nothing', '', `${name} = 1\n`],
  ['behind a last line without an end', 'a.b=1', `a.b=1\n${name} = 1\n`],
  ['in its line, however written', `#x\n -net/ipv4/ip_forward=0\r\n;y`, `#x\n -net/ipv4/ip_forward=1\r\n;y`],
  ['in the last of several', `${name}=0\n${name} = 2\n`, `${name}=0\n${name} = 1\n`],
  ['as it is', `${name}=1 \n`, `${name}=1 \n`],
  ['beside one that is a comment', `#${name}=0\n`, `#${name}=0\n${name} = 1\n`],
  ['beside a longer name', `${name}_more = 0\n`, `${name}_more = 0\n${name} = 1\n`],
])('is set %s', (_title, before, after) => {
  expect(withSetting(before, name, '1')).toBe(after)
  expect(withSetting(after, name, '1')).toBe(after)
  expect(settingIn(after, name)).toBe('1')
})

it('takes blanks for one', () => {
  expect(withSetting('a.b = 1\t2  3\n', 'a.b', '1 2 3')).toBe('a.b = 1\t2  3\n')
})

it('removes every line of it, and nothing else', () => {
  expect(withoutSetting(`a.b=1\r\n${name}=1\nnet/ipv4/ip_forward = 2\n#${name}=3`, name)).toBe(`a.b=1\r\n#${name}=3`)
})

it.each([
  [name, '/proc/sys/net/ipv4/ip_forward'],
  ['net/ipv4/conf/eth0.1/forwarding', '/proc/sys/net/ipv4/conf/eth0.1/forwarding'],
])('knows where the kernel has %s', (key, path) => {
  expect(procPath(key)).toBe(path)
  expect(canonicalKey(key)).toBe(path.slice('/proc/sys/'.length))
})

it('knows which are set together', () => {
  expect(alsoRestsOn(name)).toContain('/proc/sys/net/ipv4/conf')
  expect(alsoRestsOn('net.ipv4.conf.all.forwarding')).toContain('/proc/sys/net/ipv4/ip_forward')
  expect(alsoRestsOn('vm.dirty_ratio')).toContain('/proc/sys/vm/dirty_bytes')
  expect(alsoRestsOn('vm.swappiness')).toEqual([])
})
