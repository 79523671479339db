import { loadContext, loaderSuite } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { acmeLoader } from './acme-loader.js'

// The data of the suite, as this format writes it.
const sample = `# what every loader must read
zeta
  file.directory
    path = /srv/first
    mode = 0750
  requires
    - other_one
    - other_two

alpha
  -
    fn = cmd.run
    command = echo grün ☃ 😀
    creates = /srv/created
  -
    file.absent = /srv/gone
    timeout = 4321
mid
  parts
    -
      file.link
        path_of_link = /srv/link
        target = somewhere
  after = zeta_of_all
`

loaderSuite(acmeLoader, {
  sample,
  oneKey: (key) => `${key}\n  polluted = true\n`,
  broken: [
    { title: 'a tab', text: 'a\n\tb = 1\n', line: 2, column: 1 },
    { title: 'a key without a value', text: 'a = 1\nb\nc = 2\n', line: 2, column: 1 },
    { title: 'a key that is written twice', text: 'a = 1\nb = 2\na = 3\n', line: 3, column: 1 },
    { title: 'an item among keys', text: 'a\n  b = 1\n  - c\n', line: 3, column: 3 },
    { title: 'a line that is indented too far', text: 'a\n  b = 1\n    c = 2\n', line: 3, column: 5 },
    { title: 'a line between two depths', text: 'a\n    b = 1\n  c = 2\n', line: 3, column: 3 },
    { title: 'a line that begins further left than the first', text: '  a = 1\nb = 2\n', line: 2, column: 1 },
    { title: 'a mistake behind CRLF', text: 'a = 1\r\na = 2\r\n', line: 2, column: 1 },
  ],
})

it.each<[text: string, data: unknown]>([
  ['a = b = c', { a: 'b = c' }],
  ['a=b = c', { 'a=b': 'c' }],
  ['a = 0644\nb = 0\nc = 12', { a: '0644', b: 0, c: 12 }],
  ['a = true\nb = yes', { a: true, b: 'yes' }],
  ['a\n  - -1\n  - - b', { a: ['-1', '- b'] }],
  ['- a\n- b', ['a', 'b']],
])('reads %j', async (text, data) => {
  expect((await acmeLoader.load('/srv/a.acme', text, loadContext())).data).toStrictEqual(data)
})
