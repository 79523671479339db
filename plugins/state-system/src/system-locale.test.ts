import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { locale } from './system-locale.js'

const line = 'de_AT.UTF-8 UTF-8'
const list = '/etc/locale.gen'
const absent = (path: string): unknown => seenEntry({ type: 'absent' }, path)
const held = (text: string): unknown => ({ text, encoding: 'utf8' })
const made = {
  locale: { isThere: true, line, tool: 'locale-gen' },
  listed: seenEntry({}, list),
  list: held(`${line}\n`),
}
const missing = { ...made, locale: { isThere: false, line, tool: 'locale-gen' } }
const debian = { debian: seenEntry({}, '/etc/default/locale'), updater: absent('/usr/sbin/update-locale') }
const lang = (path: string, text: string): object => ({ now: seenEntry({}, path), held: held(text) })
const gen = 'exec locale-gen --keep-existing'
const none = { changes: [], steps: [] }
const wrote = (text: string): object => ({ kind: 'file.write', blob: expect.objectContaining({ text }) as unknown })
const isDefault = { default: true }

stateTable(
  locale,
  { name: 'de_AT.UTF-8' },
  [
    { title: 'converged', seen: made, ...none },
    {
      title: 'missing, and a comment in the list',
      seen: { ...missing, list: held(`# a\n#  de_AT UTF-8\n# ${line}\nx`) },
      changes: [list, 'locale'],
      steps: [{ ...wrote(`# a\n#  de_AT UTF-8\n${line}\nx`), path: list }, gen],
    },
    { title: 'missing, and listed', seen: missing, changes: ['locale'], steps: [gen] },
    {
      title: 'there, and not listed',
      seen: { ...made, list: held('') },
      changes: [list],
      steps: [`file.write ${list}`],
    },
    {
      title: 'without a list',
      seen: { locale: { isThere: false, tool: 'localedef' }, listed: absent(list), list: { why: 'absent' } },
      changes: ['locale'],
      steps: ['exec localedef -i de_AT -f UTF-8 de_AT.UTF-8'],
    },
    {
      title: 'not known to the host',
      seen: { ...missing, locale: { isThere: false, tool: 'locale-gen' } },
      ...none,
      blocked: 'knows no locale',
    },
    {
      title: 'nothing to make it with',
      seen: { ...missing, locale: { isThere: false } },
      ...none,
      blocked: 'package locales',
    },
    {
      title: 'the language of the host, as it is',
      args: isDefault,
      seen: { ...made, ...debian, ...lang('/etc/default/locale', `LANG="de_AT.UTF-8"\nLC_TIME=C\n`) },
      ...none,
    },
    {
      title: 'another language of the host',
      args: isDefault,
      seen: { ...made, ...debian, ...lang('/etc/default/locale', `LC_TIME=C\nLANG=C.UTF-8\r\n#`) },
      changes: ['LANG'],
      steps: [{ ...wrote('LC_TIME=C\nLANG=de_AT.UTF-8\n#'), path: '/etc/default/locale' }],
    },
    {
      title: 'of a host where the file of Debian is a link',
      args: isDefault,
      seen: {
        ...made,
        debian: seenEntry({ type: 'link', target: '../locale.conf' }, '/etc/default/locale'),
        updater: seenEntry({}, '/usr/sbin/update-locale'),
        ...lang('/etc/locale.conf', ''),
      },
      changes: ['LANG'],
      steps: ['file.write /etc/locale.conf'],
    },
    {
      title: 'what every host has',
      args: { ...isDefault, name: 'C.UTF-8' },
      seen: { locale: { isThere: true }, ...debian, ...lang('/etc/default/locale', 'LANG=C.UTF-8\n') },
      ...none,
    },
  ],
  [plugin],
)

it.each(['', 'de AT', '../x', 'de_AT.UTF-8\n', '-a'])('refuses the name %j', (name) => {
  expect(z.strictObject(locale.args).safeParse({ name }).success).toBe(false)
})
