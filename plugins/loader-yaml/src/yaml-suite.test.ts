import { loaderSuite } from '@prove/core/testing'
import { yamlLoader } from './yaml-loader.js'

const sample = `# head
zeta:
  file.directory:
    path: /srv/first
    mode: '0750'
  requires: [other_one, "other_two"]
alpha:
  - fn: cmd.run
    command: echo grün ☃ 😀
    creates: /srv/created
  - file.absent: /srv/gone
    timeout: 4321
mid:
  parts:
    - file.link: { path_of_link: /srv/link, target: somewhere }
  after: zeta_of_all
`

loaderSuite(yamlLoader, {
  sample,
  oneKey: (key) => `${key}: { polluted: true }\n`,
  broken: [
    { title: 'an open list', text: 'a: [1\nb: 2\n', line: 2, column: 1 },
    { title: 'an open quote', text: 'a: 1\nb: "x\n', line: 2 },
    { title: 'a duplicate key', text: 'a: 1\nb: 2\na: 3\n', line: 3, column: 1 },
    { title: 'a tab', text: 'a:\n\tb: 1\n', line: 2, column: 1 },
    { title: 'a second document', text: 'a: 1\n---\nb: 1\n', line: 2, column: 1 },
  ],
})
