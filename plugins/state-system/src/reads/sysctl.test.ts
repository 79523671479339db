import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { sysctlKind } from './sysctl.js'

const facts = {} as Facts
const queries = [{ name: 'net.ipv4.tcp_rmem' }, { name: 'no.such' }, { name: 'vm.compact_memory' }]
const whole = 'value 19\n4096\t131072\t629145\nabsent 0\nclosed 0\n'

it('tells what the kernel has', () => {
  expect(sysctlKind.parse(Buffer.from(whole), queries, facts)).toEqual([
    { ok: true, value: { exists: true, value: '4096\t131072\t629145' } },
    { ok: true, value: { exists: false } },
    { ok: true, value: { exists: true } },
  ])
})

it.each(['', whole.slice(0, 15), 'sh: 2: cat: not found\n'])('says so where the answer is %j', (text) => {
  expect(sysctlKind.parse(Buffer.from(text), queries, facts)[0]).toMatchObject({ ok: false, problem: 'failed' })
})

it.each([
  [
    'the value that a step gives',
    [{ key: 'sysctl:net/ipv4/tcp_rmem', fields: { value: '1 2 3' } }],
    { exists: true, value: '1 2 3' },
  ],
  [
    'nothing where another is set that it rests on',
    [{ key: 'sysctl:net/ipv4/ip_forward', fields: { value: '1' } }],
    undefined,
  ],
])('foretells %s', (_title, given, expected) => {
  expect(sysctlKind.predict?.({ name: 'net.ipv4.tcp_rmem' }, { exists: true, value: '0' }, given, facts)).toEqual(
    expected,
  )
})
