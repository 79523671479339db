import { z } from '@prove/core'
import { blobOf } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { installed } from './installed.js'

const file = '/srv/nginx.deb'

describe('pkg.installed refuses', () => {
  const schema = z.strictObject(installed.args)
  it.each([
    '',
    '-y',
    'a b',
    "a'b",
    'a;b',
    'a\nb',
    '../a',
    'nginx-',
    'nginx=1',
    'nginx/stable',
    'nginx*',
    '^nginx$',
    'größe',
    '@group',
    'a:b:c',
  ])('the name %j', (name) => {
    expect(schema.safeParse({ name }).success).toBe(false)
    expect(schema.safeParse({ name: ['nginx', name] }).success).toBe(false)
  })

  it.each(['g++', 'libc6:i386', 'libstdc++6', '0ad', 'python3.11', 'gtk+3.0', 'perl-Test-Simple', 'x_y'])(
    'not %j',
    (name) => {
      expect(schema.safeParse({ name }).success).toBe(true)
    },
  )

  it.each([
    [{}, /expected "name"/],
    [{ file, source: blobOf('x') }, /exclude each other/],
    [{ source: blobOf('x') }, /expected "name"/],
    [{ name: 'a', latest: true, version: '1' }, /exclude each other/],
    [{ file, latest: true }, /"latest" and "file" exclude/],
    [{ name: ['a', 'b'], version: '1' }, /"version" goes with one name/],
    [{ name: ['a', 'b'], file }, /"file" goes with one name/],
  ])('%j together', (given, words) => {
    expect(installed.conflict?.(schema.parse(given))).toMatch(words)
  })

  it('no fitting arguments', () => {
    expect(installed.conflict?.(schema.parse({ name: ['a', 'b'], latest: true, hold: true }))).toBeUndefined()
  })
})
