import { join } from 'node:path'
import { tmpdir } from 'node:os'
import type { Loaded, Loader } from '@prove/core'
import { loadContext } from '@prove/core/testing'
import { jsonLoader } from '@prove/loader-json'
import { nunjucksLoader } from '@prove/loader-nunjucks'
import { tsLoader } from '@prove/loader-ts'
import { yamlLoader } from '@prove/loader-yaml'
import { expect, it } from 'vitest'
import { resolveLate } from '../catalog/src/late/resolve-late.js'
import { fileKind } from '../core/src/reads/file.js'

const yaml = `web:
  file.managed:
    path: /x
    content: !late |
      \`listen 80; \${'ssl' if file(variables.cert).exists else ''}\`
`

const json = JSON.stringify({
  web: {
    'file.managed': {
      path: '/x',
      content: { $late: "`listen 80; ${'ssl' if file(variables.cert).exists else ''}`" },
    },
  },
})

const typescript = `import { defineStates, late } from '@prove/core'
const { cert } = late.variables
export default defineStates({
  web: {
    'file.managed': { path: '/x', content: late.text\`listen 80; \${late.when(late.file(cert).exists, 'ssl', '')}\` },
  },
})
`

it.each<[string, Loader, string]>([
  ['YAML', yamlLoader, yaml],
  ['a template of YAML', nunjucksLoader, `{% set id = 'web' %}\n${yaml.replace('web', '{{ id }}')}`],
  ['JSON', jsonLoader, json],
  ['TypeScript', tsLoader, typescript],
])('a late value means the same in %s', async (_language, loader, text) => {
  const file = join(tmpdir(), `late${loader.extensions[0] ?? ''}`)
  const loaded: Loaded = await loader.load(file, text, loadContext({}, { loaders: [yamlLoader] }))
  const { late } = fileKind
  if (late === undefined) throw new Error('files cannot be read late')
  const data = resolveLate(loaded.data, {
    names: (name) => (name === 'variables' ? { value: { cert: '/c' } } : undefined),
    knownNames: () => [],
    stateOf: () => undefined,
    calls: new Map([['file', late]]),
    report: (path, message) => expect.fail(`${path.join('.')}: ${message}`),
  })
  const certificate = { kind: 'read', read: 'file', args: [{ kind: 'value', value: '/c' }] }
  const test = { kind: 'member', of: certificate, key: { kind: 'value', value: 'exists' } }
  const ssl = { kind: 'if', test, value: { kind: 'value', value: 'ssl' }, otherwise: { kind: 'value', value: '' } }
  expect(data).toStrictEqual({
    web: {
      'file.managed': {
        path: '/x',
        content: { $late: { kind: 'text', pieces: [{ kind: 'value', value: 'listen 80; ' }, ssl] } },
      },
    },
  })
  expect(loaded.placeOf(['web', 'file.managed', 'content', '$late']).line).toBeGreaterThan(0)
})
