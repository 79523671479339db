import type { EditCase } from './edit-case.js'

const whole = '# BEGIN kept by Prove\nx\n# END kept by Prove\n'

/** Of `file.block`. */
export const blockCases: readonly EditCase[] = [
  ['goes to the end', { block: 'x' }, 'a\n', `a\n${whole}`],
  ['goes into an empty file', { block: 'x\n' }, '', whole],
  ['goes to the beginning', { block: 'x', insert_at: 'beginning' }, 'a\n', `${whole}a\n`],
  ['goes before a line', { block: 'x', insert_before: 'b' }, 'a\nb\n', `a\n${whole}b\n`],
  [
    'ends as the others do',
    { block: 'x\ny' },
    'a\r\n',
    'a\r\n# BEGIN kept by Prove\r\nx\r\ny\r\n# END kept by Prove\r\n',
  ],
  ['is replaced where it stands', { block: 'y' }, `a\n${whole}b\n`, `a\n${whole.replace('x', 'y')}b\n`],
  ['grows', { block: 'x\ny' }, `${whole}b\n`, '# BEGIN kept by Prove\nx\ny\n# END kept by Prove\nb\n'],
  ['may hold nothing', { block: '' }, whole, '# BEGIN kept by Prove\n# END kept by Prove\n'],
  ['keeps empty lines', { block: '\nx\n\n' }, '', '# BEGIN kept by Prove\n\nx\n\n# END kept by Prove\n'],
  ['keeps a last mark without an end', { block: 'y' }, whole.slice(0, -1), whole.replace('x', 'y').slice(0, -1)],
  ['is removed', { absent: true }, `a\n${whole}b\n`, 'a\nb\n'],
  ['is not there to be removed', { absent: true }, 'a\n', 'a\n'],
  ['has a name', { block: 'x', name: 'web' }, '', '# BEGIN kept by Prove: web\nx\n# END kept by Prove: web\n'],
  [
    'is another one with a name',
    { block: 'y', name: 'web' },
    whole,
    `${whole}# BEGIN kept by Prove: web\ny\n# END kept by Prove: web\n`,
  ],
  ['has marks of its own', { block: 'x', marker: '// {mark}' }, '', '// BEGIN\nx\n// END\n'],
  [
    'has marks with its name',
    { block: 'x', name: 'a', marker: '<!-- {mark} {name} -->' },
    '',
    '<!-- BEGIN a -->\nx\n<!-- END a -->\n',
  ],
  ['keeps dollars', { block: '$1 $&', marker: '$& {mark}' }, '', '$& BEGIN\n$1 $&\n$& END\n'],
  [
    'needs its end',
    { block: 'x' },
    '# BEGIN kept by Prove\nx\n',
    'blocked: line 1 begins the block, and no line ends it: # END kept by Prove',
  ],
  [
    'needs its beginning',
    { block: 'x' },
    'a\n# END kept by Prove\n',
    'blocked: line 2 ends the block, and none before it begins it: # BEGIN kept by Prove',
  ],
  ['is there once', { block: 'x' }, whole + whole, 'blocked: the block is there twice, see line 4'],
  ['needs the line it goes by', { block: 'x', insert_after: 'q' }, 'a\n', 'blocked: no line matches insert_after: q'],
]
