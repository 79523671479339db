import { expect, it } from 'vitest'
import { nameSource } from './name.js'

it.each([
  ['web1.example.org\n', { fqdn: 'web1.example.org', domain: 'example.org' }],
  ['web1\n', {}],
  ['hostname: Name or service not known\n', {}],
  ['', {}],
  ['a.b\nc.d\n', {}],
])('%j', (output, facts) => {
  expect(nameSource.parse(output)).toEqual(facts)
})
