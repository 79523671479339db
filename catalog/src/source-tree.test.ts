import { createServer } from 'node:net'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { treeIn } from './source-tree.js'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prove-tree-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const write = (name: string): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), name)
}

const pathsIn = (...more: Parameters<typeof treeIn> extends [string, ...infer Rest] ? Rest : never): unknown => {
  const tree = treeIn(root, ...more)
  return 'problem' in tree ? tree.problem : tree.found.map(({ path }) => path)
}

it('puts a directory before what is in it, whatever characters names have', () => {
  for (const name of ['b/z', 'b!', 'b-c', 'b/a/x', 'a', '.hidden/é ü', 'B']) write(name)
  expect(pathsIn([])).toEqual(['.hidden', '.hidden/é ü', 'B', 'a', 'b', 'b/a', 'b/a/x', 'b/z', 'b!', 'b-c'])
})

it('takes links as they are, and executable files and empty directories for what they are', () => {
  write('run')
  chmodSync(join(root, 'run'), 0o744)
  mkdirSync(join(root, 'empty'))
  symlinkSync('/nowhere', join(root, 'out'))
  symlinkSync('.', join(root, 'round'))
  const tree = treeIn(root, [])
  expect('found' in tree && tree.found).toEqual([
    { path: 'empty', from: join(root, 'empty'), type: 'directory' },
    { path: 'out', from: join(root, 'out'), type: 'link', target: '/nowhere' },
    { path: 'round', from: join(root, 'round'), type: 'link', target: '.' },
    { path: 'run', from: join(root, 'run'), type: 'file', isExecutable: true },
  ])
})

it('takes the ending of templates away, of files alone', () => {
  write('a.conf.njk')
  write('d.njk/b')
  write('.njk')
  expect(pathsIn(['.njk'])).toEqual(['.njk', 'a.conf', 'd.njk', 'd.njk/b'])
})

it('refuses two files that would be one', () => {
  write('a.conf.njk')
  write('a.conf')
  expect(pathsIn(['.njk'])).toMatch(/"a.conf" would be made of .* and of another file/)
})

it('refuses what is neither file nor folder nor link, unless it is not wanted', async () => {
  write('a')
  const server = createServer().listen(join(root, 'socket'))
  await once(server, 'listening')
  expect(pathsIn([])).toMatch(/"socket" is neither/)
  expect(pathsIn([], (path) => path !== 'socket')).toEqual(['a'])
  server.close()
})

it('does not enter what is not wanted', () => {
  write('a/b/c')
  write('d')
  const asked: string[] = []
  const wanted = (path: string, type: string): boolean => {
    asked.push(`${type} ${path}`)
    return path !== 'a'
  }
  expect(pathsIn([], wanted)).toEqual(['d'])
  expect(asked.toSorted()).toEqual(['directory a', 'file d'])
})
