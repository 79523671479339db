import { loaderSuite } from '@prove/core/testing'
import { describe } from 'vitest'
import { tsLoader } from './ts-loader.js'

const map = `{
  zeta: {
    'file.directory': { path: '/srv/first', mode: '0750' },
    requires: ['other_one', 'other_two'],
  },
  alpha: [
    { fn: 'cmd.run', command: 'echo grün ☃ 😀', creates: "/srv/created" },
    { 'file.absent': '/srv/gone', timeout: 4321 },
  ],
  mid: {
    parts: [{ "file.link": { path_of_link: \`/srv/link\`, target: 'somewhere' } }],
    after: 'zeta_of_all',
  },
}`

const broken = [
  { title: 'an open list', text: 'const a = 1\nexport default { a: [1, 2 }\n', line: 2, column: 27 },
  { title: 'an open map', text: 'export default {\n  a: {\n', line: 3, column: 1 },
  { title: 'a word too much', text: '\uFEFF\r\nexport defualt {}\r\n', line: 2, column: 8 },
  { title: 'no default export', text: 'export const a = {}\n', line: 1, column: 1 },
  { title: 'a throw', text: 'const a = 1\nthrow new Error("No.\\nWay.")\n', line: 2, column: 7 },
  { title: 'a function as a value', text: 'export default {\n  a: { b: () => 1 } }\n', line: 2, column: 11 },
]

const oneKey = (key: string): string => `export default { ['${key}']: { polluted: true } }`

describe('a map', () => {
  loaderSuite(tsLoader, { sample: `export default ${map}\n`, oneKey, broken })
})

describe('a function', () => {
  loaderSuite(tsLoader, {
    sample: `import { defineStates, type Scope } from '@prove/core'

enum Unused { A, B }

export default defineStates(({ variables }: Scope) => {
  const zeta_of_nothing = Object.keys(variables).length + Unused.A
  return ${map} as const
})
`,
    oneKey: (key) => `export default async () => JSON.parse('{"${key}": {"polluted": true}}')`,
    broken,
  })
})
