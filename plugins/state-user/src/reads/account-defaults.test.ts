import type { Facts } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { accountDefaultsKind } from './account-defaults.js'

const sha256 = 'e'.repeat(64)

/** As Debian 12 has answered, with a directory in /etc/skel. */
const recorded = `MAIL_DIR        /var/mail
UMASK\t\t022
USERGROUPS_ENAB yes
--
SHELL=/bin/sh
--
--
${sha256}  ./.bashrc
${sha256}  ./with blank
-
755 directory:.
700 directory:./.config
644 regular file:./.bashrc
600 regular empty file:./with blank
--
`

const parse = (output: string): unknown => accountDefaultsKind.parse(Buffer.from(output), [{}], {} as Facts)[0]

const usual = {
  homes: '/home',
  shell: '/bin/sh',
  mail: '/var/mail',
  homeMode: '0755',
  ownGroups: true,
  hooks: [],
  skeleton: [
    { path: '.config', type: 'directory', mode: '0700' },
    { path: '.bashrc', type: 'file', mode: '0644', sha256 },
    { path: 'with blank', type: 'file', mode: '0600', sha256 },
  ],
}

describe('how a host makes users', () => {
  it.each<[string, string, object]>([
    ['Debian', recorded, {}],
    ['a mode for homes', recorded.replace('UMASK', 'HOME_MODE 0700\nUMASK'), { homeMode: '0700' }],
    ['a strict umask', recorded.replace('022', '077'), { homeMode: '0700' }],
    ['one group for all', recorded.replace('ENAB yes', 'ENAB no'), { ownGroups: false }],
    ['homes elsewhere', recorded.replace('SHELL', 'HOME=/srv/home\nSHELL'), { homes: '/srv/home' }],
    ['a command when users go', recorded.replace('UMASK', 'USERDEL_CMD /usr/sbin/gone\nUMASK'), { hooks: ['remove'] }],
    [
      'scripts of the tools',
      recorded.replace('sh\n--\n', 'sh\n--\nuseradd-post\nuserdel-pre\n'),
      { hooks: ['add', 'remove'] },
    ],
    ['another skeleton', recorded.replace('SHELL', 'SKEL=/srv/skel\nSHELL'), { skeleton: undefined }],
    ['a link in the skeleton', recorded.replace('\n755 d', '\n777 symbolic link:./x\n755 d'), { skeleton: undefined }],
    [
      'a name that is quoted',
      recorded.replace(`${sha256}  ./.b`, String.raw`\${sha256}  ./.b`),
      { skeleton: undefined },
    ],
    ['no skeleton, nor settings', '--\n--\n--\n--\n', { skeleton: [], shell: '' }],
  ])('%s', (_title, output, fields) => {
    expect(parse(output)).toEqual({ ok: true, value: { ...usual, ...fields } })
  })

  it.each([0, 20, recorded.indexOf('SHELL'), recorded.length - 3])('is unknown behind %i bytes', (length) => {
    expect(parse(recorded.slice(0, length))).toMatchObject({ ok: false })
  })
})
