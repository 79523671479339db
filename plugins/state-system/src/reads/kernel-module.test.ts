import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { kernelModule, kernelModuleKind } from './kernel-module.js'

const facts = {} as Facts
const queries = ['br-netfilter', 'loop', 'ext4', 'zram'].map((name) => kernelModule(name).query as { name: string })
const output = (text: string): Buffer => Buffer.from(text)

it('tells which are loaded, and which the kernel has in it', () => {
  const told = output('loaded\nbr_netfilter\nbridge\nbuiltin\next4\nloop\nloop\nend\n')
  expect(kernelModuleKind.parse(told, queries, facts)).toEqual(
    ['loaded', 'builtin', 'builtin', 'absent'].map((value) => ({ ok: true, value })),
  )
})

it('tells the same of a host without modules', () => {
  expect(kernelModuleKind.parse(output('loaded\nbuiltin\nend\n'), queries, facts)[0]).toEqual({
    ok: true,
    value: 'absent',
  })
})

it.each(['', 'loaded\nbr_netf', 'loaded\nbuiltin\next4\n', 'sh: cut: not found\n'])(
  'says so where the answer is %j',
  (text) => {
    for (const answer of kernelModuleKind.parse(output(text), queries, facts))
      expect(answer).toMatchObject({ ok: false })
  },
)
