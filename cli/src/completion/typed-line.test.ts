import { describe, expect, it } from 'vitest'
import { inserted, typedLine } from './typed-line.js'

const breaks = ' \t\n"\'@><=;|&(:'

describe('a line up to the cursor', () => {
  it.each([
    ['prove pl', ['prove'], 'pl', '', 0],
    ['prove plan ', ['prove', 'plan'], '', '', 0],
    ['prove plan web/site:re', ['prove', 'plan'], 'web/site:re', '', 9],
    ['prove plan --target=we', ['prove', 'plan'], '--target=we', '', 9],
    ['prove plan "web/site:re', ['prove', 'plan'], 'web/site:re', '"', 0],
    ["prove plan -t 'web1 or we", ['prove', 'plan', '-t'], 'web1 or we', "'", 0],
    [String.raw`prove check my\ si`, ['prove', 'check'], 'my si', '', 0],
    [String.raw`prove plan a\:b`, ['prove', 'plan'], 'a:b', '', 0],
    ['prove plan "a b"c', ['prove', 'plan'], 'a bc', '', 3],
    ["prove plan '' x", ['prove', 'plan', ''], 'x', '', 0],
    [String.raw`prove plan "a\"b\c`, ['prove', 'plan'], String.raw`a"b\c`, '"', 0],
    ['prove plan\\', ['prove'], 'plan', '', 0],
  ] as const)('%s', (line, words, current, quote, kept) => {
    expect(typedLine(line, breaks)).toEqual({ words, current, quote, kept })
  })
})

describe('what is put into the line', () => {
  it.each([
    ['web/site:reload', 'web/site:re', 'reload'],
    ['--target=web1', '--target=we', 'web1'],
    ['my site.yml', 'my', String.raw`my\ site.yml`],
    ['users[alice]', 'users', String.raw`users\[alice\]`],
    ['a b', '"a', 'a b'],
    ['$HOME', '"', String.raw`\$HOME`],
    ['größe', 'gr', 'größe'],
  ] as const)('%s behind %s', (value, typed, expected) => {
    expect(inserted(value, typedLine(typed, breaks))).toBe(expected)
  })
})
