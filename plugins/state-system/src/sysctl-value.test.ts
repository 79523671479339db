import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { sysctlValue } from './sysctl-value.js'

const name = 'net.ipv4.tcp_rmem'
const path = '/etc/sysctl.d/90-prove.conf'
const seen = (value: string | undefined, text: string): Readonly<Record<string, unknown>> => ({
  kernel: { exists: true, ...(value === undefined ? {} : { value }) },
  now: seenEntry({}, path),
  held: { text, encoding: 'utf8' },
})
const line = `${name} = 1 2 3\n`
const file = `file.write ${path}`
const none = { changes: [], steps: [] }

stateTable(
  sysctlValue,
  { name, value: '1  2 3' },
  [
    { title: 'converged', seen: seen('1\t2\t3', line), ...none },
    {
      title: 'another value now',
      seen: seen('4\t5\t6', line),
      changes: ['value'],
      steps: [{ kind: 'sysctl.write', name, value: '1 2 3' }],
    },
    { title: 'not in the file', seen: seen('1 2 3', '# nothing\n'), changes: [path], steps: [file] },
    {
      title: 'neither, in another file that does not exist',
      args: { file: 'x' },
      seen: { ...seen('0', ''), now: seenEntry({ type: 'absent' }, '/etc/sysctl.d/x.conf'), held: { why: 'absent' } },
      changes: ['value', '/etc/sysctl.d/x.conf'],
      steps: ['sysctl.write', 'file.write /etc/sysctl.d/x.conf'],
    },
    { title: 'a setting that may only be written', seen: seen(undefined, line), ...none },
    { title: 'no such setting', seen: { ...seen('', ''), kernel: { exists: false } }, ...none, blocked: 'no setting' },
  ],
  [plugin],
)

it.each([
  { name: 'a' },
  { name: '../etc' },
  { name: 'net/../x' },
  { name: 'a b.c' },
  { name: 'a.*.c' },
  { value: '' },
  { value: ' ' },
  { value: '1\n2' },
  { file: 'a/b' },
  { file: 'x.conf' },
])('refuses %j', (args) => {
  expect(z.strictObject(sysctlValue.args).safeParse({ name, value: 1, ...args }).success).toBe(false)
})
