import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { timezone } from './system-timezone.js'

const zones = '/usr/share/zoneinfo'
const link = '/etc/localtime'
const file = '/etc/timezone'
const seen = (target: string, text?: string): Readonly<Record<string, unknown>> => ({
  zone: seenEntry({}, `${zones}/Europe/Vienna`),
  link: seenEntry({ type: 'link', target }, link),
  now: text === undefined ? seenEntry({ type: 'absent' }, file) : seenEntry({}, file),
  held: text === undefined ? { why: 'absent' } : { text, encoding: 'utf8' },
})
const links = { kind: 'file.link', path: link, target: `${zones}/Europe/Vienna` }
const none = { changes: [], steps: [] }

stateTable(timezone, { name: 'Europe/Vienna' }, [
  { title: 'converged', seen: seen(`${zones}/Europe/Vienna`, 'Europe/Vienna\n'), ...none },
  { title: 'converged, by a relative link, without a name', seen: seen(`..${zones}/Europe/Vienna`), ...none },
  {
    title: 'another zone',
    seen: seen(`${zones}/Etc/UTC`, 'Etc/UTC\n'),
    changes: [link, file],
    steps: [links, `file.write ${file}`],
  },
  {
    title: 'no link',
    seen: { ...seen(''), link: seenEntry({ type: 'absent' }, link) },
    changes: [link],
    steps: [links],
  },
  { title: 'a copy of a zone', seen: { ...seen(''), link: seenEntry({}, link) }, changes: [link], steps: [links] },
  {
    title: 'no such zone',
    seen: { ...seen(''), zone: seenEntry({ type: 'absent' }, `${zones}/Europe/Vienna`) },
    ...none,
    blocked: 'knows no time zone',
  },
  {
    title: 'half of a name',
    seen: { ...seen(''), zone: seenEntry({ type: 'directory' }, `${zones}/Europe/Vienna`) },
    ...none,
    blocked: 'knows no time zone',
  },
])

it.each(['', '../x', '/etc/passwd', 'Europe/', 'a b'])('refuses the name %j', (name) => {
  expect(z.strictObject(timezone.args).safeParse({ name }).success).toBe(false)
})
