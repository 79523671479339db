import type { Kernel } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { typedState } from './typed-state.js'

const registry = (found: object) => ({ get: (name: string) => (found as Record<string, unknown>)[name] })

const kernel = {
  functions: registry({ 'file.directory': { main: 'path' }, 'note.present': {} }),
  metas: registry({ 'meta.group': { main: 'states' } }),
} as unknown as Pick<Kernel, 'functions' | 'metas'>

const dataOf = (fn: string, ...words: readonly string[]): unknown => {
  const { data } = typedState(kernel, fn, words)
  return (data as Record<string, readonly unknown[]>)[fn]?.[0]
}

describe('a typed state', () => {
  it.each<[fn: string, words: readonly string[], part: object]>([
    ['file.directory', ['/srv/www'], { path: '/srv/www' }],
    ['file.directory', ['/srv/www', 'mode=0755'], { path: '/srv/www', mode: '0755' }],
    ['file.directory', ['path=/srv/a=b'], { path: '/srv/a=b' }],
    ['file.directory', ['/srv/a=b'], { path: '/srv/a=b' }],
    ['file.directory', ['/x', 'a.b=1', 'a.c=two'], { path: '/x', a: { b: 1, c: 'two' } }],
    ['file.directory', ['/x', 'recurse=true', 'tags=["a","b"]'], { path: '/x', recurse: true, tags: ['a', 'b'] }],
    ['file.directory', ['/x', 'content=two\nlines=here'], { path: '/x', content: 'two\nlines=here' }],
    ['meta.group', ['all'], { states: 'all' }],
    ['note.presnt', ['all', 'words=x'], { words: 'x' }],
  ])('of %s with %j', (fn, words, part) => expect(dataOf(fn, ...words)).toEqual({ fn, ...part }))

  it.each<[fn: string, words: readonly string[]]>([
    ['file.directory', ['/srv', '/opt']],
    ['note.present', ['hello']],
  ])('of %s takes no words beside %j', (fn, words) => {
    expect(() => dataOf(fn, ...words)).toThrow(expect.objectContaining({ code: 'PRV_USAGE' }))
  })
})
