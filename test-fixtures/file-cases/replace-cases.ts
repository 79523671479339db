import type { EditCase } from './edit-case.js'

/** Of `file.replace`. */
export const replaceCases: readonly EditCase[] = [
  ['is made everywhere', { regex: 'a', replacement: 'b' }, 'a a\na', 'b b\nb'],
  ['is made in lines', { regex: '^p .*$', replacement: 'p 1' }, 'p 2\nq 2\np 3\n', 'p 1\nq 2\np 1\n'],
  ['is made over lines', { regex: '<a>[^]*</a>', replacement: '<a/>' }, '<a>\nx\n</a>\n', '<a/>\n'],
  ['uses groups', { regex: '(\\w+)@old', replacement: '$1@new' }, 'x@old y@old', 'x@new y@new'],
  ['uses names', { regex: '(?<n>\\w+)@old', replacement: '$<n>@new' }, 'x@old', 'x@new'],
  ['has dollars', { regex: 'a', replacement: '$$1' }, 'a', '$1'],
  ['keeps a dollar that means nothing', { regex: 'a', replacement: '$HOME $9' }, 'a', '$HOME $9'],
  ['uses all of it', { regex: '^[^#].*', replacement: '#$&' }, 'x\n#y\n', '#x\n#y\n'],
  ['heeds the first ones', { regex: 'a=\\d', replacement: 'a=1', count: 1 }, 'a=2 a=3', 'a=1 a=3'],
  ['heeds no capitals', { regex: 'A', replacement: 'b', ignore_case: true }, 'a A', 'b b'],
  ['heeds what stands before', { regex: '(?<=x)1', replacement: '2', count: 2 }, 'x1 y1 x1 x2', 'x2 y1 x2 x2'],
  ['keeps CRLF', { regex: 'a', replacement: 'b' }, 'a\r\n', 'b\r\n'],
  ['matches nothing', { regex: 'z', replacement: 'b' }, 'a', 'a'],
]
