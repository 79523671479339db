import type { EditCase } from './edit-case.js'

/** Of `json.value`. */
export const jsonCases: readonly EditCase[] = [
  [
    'is replaced, and all else is kept',
    { key: 'a', value: 2 },
    '{ "a":1 , /* x */ "b" : [1,2,] } // end\n',
    '{ "a":2 , /* x */ "b" : [1,2,] } // end\n',
  ],
  [
    'is added as the others are written',
    { key: 'b', value: true },
    '{\n    "a": 1\n}\n',
    '{\n    "a": 1,\n    "b": true\n}\n',
  ],
  ['is added with tabs', { key: 'b', value: 'x' }, '{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"b": "x"\n}'],
  ['is added with CRLF', { key: 'b', value: 1 }, '{\r\n  "a": 1\r\n}\r\n', '{\r\n  "a": 1,\r\n  "b": 1\r\n}\r\n'],
  [
    'makes the maps around it',
    { key: 'a.b.c', value: 1 },
    '{}\n',
    '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}\n',
  ],
  ['takes the place of nothing', { key: 'a.b', value: 1 }, '{"a": null}', '{"a": {"b": 1}}'],
  ['goes into an empty file', { key: 'a', value: 1 }, '', '{\n  "a": 1\n}\n'],
  ['has dots in its name', { key: ['a.b'], value: 1 }, '{"a.b": 2}', '{"a.b": 1}'],
  ['is an entry of a list', { key: ['a', 1], value: 9 }, '{"a": [1, 2, 3]}', '{"a": [1, 9, 3]}'],
  ['comes behind the last of a list', { key: ['a', 2], value: 9 }, '{"a": [1, 2]}', '{"a": [1, 2, 9]}'],
  ['is a map', { key: 'a', value: { x: null } }, '{"a": 1}', '{"a": {"x": null}}'],
  [
    'is equal in another order',
    { key: 'a', value: { x: 1, y: 2 } },
    '{"a": {"y": 2, "x": 1}}',
    '{"a": {"y": 2, "x": 1}}',
  ],
  ['is removed', { key: 'a', absent: true }, '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "b": 2\n}\n'],
  ['is removed as the last', { key: 'b', absent: true }, '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1\n}\n'],
  ['is not there to be removed', { key: 'x.y', absent: true }, '{"a": 1}', '{"a": 1}'],
  ['is nothing to remove from nothing', { key: 'x', absent: true }, '', ''],
  ['keeps a byte order mark', { key: 'a', value: 2 }, '\uFEFF{"a": 1}', '\uFEFF{"a": 2}'],
  [
    'keeps letters as they are',
    { key: 'a', value: 'é"\n' },
    '{"ü": "\\u00e9", "a": 1}',
    '{"ü": "\\u00e9", "a": "é\\"\\n"}',
  ],
  ['has a name that objects have anyway', { key: 'constructor', value: 1 }, '{"a": 1}', '{"a": 1, "constructor": 1}'],
]
