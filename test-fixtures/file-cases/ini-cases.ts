import type { EditCase } from './edit-case.js'

const s = { section: 's', key: 'k', value: '2' }

/** Of `ini.value`. */
export const iniCases: readonly EditCase[] = [
  ['is replaced, and all else is kept', s, '; one\n[s]\nk=1\n#k=3\n[t]\nk=1\n', '; one\n[s]\nk=2\n#k=3\n[t]\nk=1\n'],
  ['is there', s, '[s]\n  k :  2  \n', '[s]\n  k :  2  \n'],
  ['keeps how it is written', s, '[s]\n\tk\t=\t1\n', '[s]\n\tk\t=\t2\n'],
  ['keeps a colon', s, '[s]\nk: 1\n', '[s]\nk: 2\n'],
  ['is above all sections', { key: 'k', value: '2' }, 'k = 1\n[s]\nk = 1\n', 'k = 2\n[s]\nk = 1\n'],
  [
    'is added above all sections',
    { key: 'k', value: '2' },
    '# x\na = 1\n\n[s]\nk = 1\n',
    '# x\na = 1\nk = 2\n\n[s]\nk = 1\n',
  ],
  ['is added to its section', s, '[s]\na = 1\n\n[t]\nb = 1\n', '[s]\na = 1\nk = 2\n\n[t]\nb = 1\n'],
  ['is added as others are written', s, '[s]\na=1\n', '[s]\na=1\nk=2\n'],
  ['is added to an empty section', s, '[s]\n[t]\nb=1\n', '[s]\nk=2\n[t]\nb=1\n'],
  ['makes its section', s, 'a = 1\n', 'a = 1\n\n[s]\nk = 2\n'],
  ['makes its section in an empty file', s, '', '[s]\nk = 2\n'],
  ['takes the place of a value of several lines', s, '[s]\nk = 1\n  more\n  and more\na = 1\n', '[s]\nk = 2\na = 1\n'],
  ['is no line that goes on with another', s, '[s]\na = 1\n  k = 3\nk = 1\n', '[s]\na = 1\n  k = 3\nk = 2\n'],
  ['is indented like those of git', s, '[s]\n\ta = 1\n\tk = 1\n', '[s]\n\ta = 1\n\tk = 2\n'],
  ['counts where it stands last', s, '[s]\nk = 2\nk = 1\n', '[s]\nk = 2\nk = 2\n'],
  ['has no value', { ...s, value: '' }, '[s]\nk = 1\n', '[s]\nk =\n'],
  ['had no value', s, '[s]\nk =\n', '[s]\nk = 2\n'],
  ['had no sign either', s, '[s]\nk\n', '[s]\nk = 2\n'],
  ['may have signs in its value', { ...s, value: 'a=b;c #d' }, '[s]\nk = 1\n', '[s]\nk = a=b;c #d\n'],
  ['has a name with spaces', { ...s, key: 'a b' }, '[s]\na b = 1\n', '[s]\na b = 2\n'],
  ['keeps CRLF', s, '[s]\r\nk = 1\r\n', '[s]\r\nk = 2\r\n'],
  ['keeps a last line without an end', s, '[s]\nk = 1', '[s]\nk = 2'],
  ['is removed', { section: 's', key: 'k', absent: true }, '[s]\nk = 1\n  more\na = 1\nk = 2\n', '[s]\na = 1\n'],
  ['goes with its section', { section: 's', absent: true }, 'x = 1\n[s]\nk = 1\n\n[t]\nk = 1\n', 'x = 1\n[t]\nk = 1\n'],
  ['is not there to be removed', { section: 's', key: 'z', absent: true }, '[s]\nk = 1\n', '[s]\nk = 1\n'],
  ['is a number', { ...s, value: 2 }, '[s]\nk = 1\n', '[s]\nk = 2\n'],
  ['is a truth', { ...s, value: true }, '[s]\nk = 1\n', '[s]\nk = true\n'],
]
