import type { EditCase } from './edit-case.js'

/** Of `toml.value`. */
export const tomlCases: readonly EditCase[] = [
  [
    'is replaced, and all else is kept',
    { key: 'a', value: 2 },
    '# one\na  =  1   # two\nb=[1,2 ]\n',
    '# one\na  =  2   # two\nb=[1,2 ]\n',
  ],
  [
    'is replaced in its table',
    { key: 'x.a', value: 2 },
    'a = 1\n[x]\na = 1\n[y]\na = 1\n',
    'a = 1\n[x]\na = 2\n[y]\na = 1\n',
  ],
  ['is replaced under a dotted name', { key: 'x.y.a', value: 2 }, 'x.y.a = 1\n', 'x.y.a = 2\n'],
  ['is added to the head', { key: 'b', value: 1 }, 'a = 1\n\n[x]\nc = 1\n', 'a = 1\nb = 1\n\n[x]\nc = 1\n'],
  ['is added to a head without names', { key: 'b', value: 1 }, '[x]\nc = 1\n', 'b = 1\n\n[x]\nc = 1\n'],
  [
    'is added to its table',
    { key: 'x.d', value: 'q' },
    '[x]\nc = 1 # one\n\n[y]\n',
    '[x]\nc = 1 # one\nd = "q"\n\n[y]\n',
  ],
  [
    'is added to a table that is empty',
    { key: 'y.d', value: true },
    '[x]\nc = 1\n\n[y]\n',
    '[x]\nc = 1\n\n[y]\nd = true\n',
  ],
  ['makes its table', { key: 'y.z.d', value: 1.5 }, 'a = 1\n', 'a = 1\n\n[y.z]\nd = 1.5\n'],
  ['goes into an empty file', { key: 'a', value: 1 }, '', 'a = 1\n'],
  ['makes a table in an empty file', { key: 'a.b', value: 1 }, '', '[a]\nb = 1\n'],
  ['comes behind a last line without an end', { key: 'b', value: 1 }, 'a = 1', 'a = 1\nb = 1'],
  [
    'takes the place of several lines',
    { key: 'a', value: [] },
    'a = [\n  1, # ]\n  2,\n] # x\nb = 1\n',
    'a = [] # x\nb = 1\n',
  ],
  [
    'takes the place of a text of several lines',
    { key: 'a', value: 'x' },
    'a = """\n[b]\n# """"\nb = 1\n',
    'a = "x"\nb = 1\n',
  ],
  ['takes the place of a text with a sign', { key: 'a', value: 'x' }, "a = 'C:\\#' # y\n", 'a = "x" # y\n'],
  ['is a list of maps', { key: 'a', value: [{ b: 1, 'c d': 'x' }] }, '', 'a = [{ b = 1, "c d" = "x" }]\n'],
  [
    'is in a table of a list',
    { key: ['s', 1, 'port'], value: 9 },
    '[[s]]\nport = 1\n[[s]]\nport = 2\n',
    '[[s]]\nport = 1\n[[s]]\nport = 9\n',
  ],
  [
    'is added to a table of a list',
    { key: ['s', 0, 'x'], value: 9 },
    '[[s]]\nport = 1\n[[s]]\nport = 2\n',
    '[[s]]\nport = 1\nx = 9\n[[s]]\nport = 2\n',
  ],
  ['has a quoted name', { key: ['a b', 'c.d'], value: 2 }, '["a b"]\n"c.d" = 1\n', '["a b"]\n"c.d" = 2\n'],
  ['needs a quoted name', { key: ['a b'], value: 2 }, '', '"a b" = 2\n'],
  ['is removed', { key: 'x.a', absent: true }, '[x]\na = 1 # y\nb = 2\n', '[x]\nb = 2\n'],
  ['is a table that is removed', { key: 'x', absent: true }, 'a = 1\n[x]\nb = 2\n[x.y]\nc = 3\n[z]\n', 'a = 1\n[z]\n'],
  ['is not there to be removed', { key: 'q', absent: true }, 'a = 1\n', 'a = 1\n'],
  ['keeps dates', { key: 'a', value: 2 }, 'd = 1979-05-27T07:32:00Z\na = 1\n', 'd = 1979-05-27T07:32:00Z\na = 2\n'],
  ['keeps CRLF', { key: 'b', value: 2 }, 'a = 1\r\n', 'a = 1\r\nb = 2\r\n'],
]
