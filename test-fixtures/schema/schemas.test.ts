import { schemaNames } from '@prove/catalog'
import { describe, expect, it } from 'vitest'
import { broken } from './broken.js'
import { correct } from './correct.js'
import { faults, parsed, refusals, schemas, strictAjv } from './documents.js'

describe.each(schemaNames)('the schema of a file of kind "%s"', (name) => {
  it('is a draft 7 schema without unknown keywords, that ajv compiles', () => {
    expect(schemas[name]['$schema']).toBe('http://json-schema.org/draft-07/schema#')
    expect(() => strictAjv().compile(schemas[name])).not.toThrow()
  })
})

describe('what is right', () => {
  it.each(correct)('$schema: $what', async ({ schema, text }) => {
    const data = await parsed(text)
    expect(faults(schema, data)).toEqual([])
    expect(refusals[schema](data)).toEqual([])
  })
})

describe('what is wrong, where it is wrong, and that Prove itself refuses it', () => {
  it.each(broken)('$schema: $what', async ({ schema, text, at }) => {
    const data = await parsed(text)
    expect(faults(schema, data)).toEqual(at)
    expect(refusals[schema](data)).not.toEqual([])
  })
})

describe('what a template makes', () => {
  it.each([
    'a_{{ user }}:\n  file.directory: /home/{{ user }}\n',
    'a:\n  file.managed: { path: "{{ base }}/x", source: "{{ source }}", mode: "{{ mode }}", owner: "{{ owner }}" }\n',
    'a:\n  cmd.run: x\n  creates: "{{ marker }}"\n',
    'include: { component: vhost, as: "{{ name }}" }\n',
    '# {% for user in users %}\na_{{ user }}:\n  file.absent: /home/{{ user }}\n# {% endfor %}\n',
  ])('is accepted, since only rendering tells what it will be: %j', async (text) => {
    expect(faults('states', await parsed(text))).toEqual([])
  })
})
