import type { EditCase } from './edit-case.js'

/** Of `env.value`. */
export const envCases: readonly EditCase[] = [
  ['is replaced, and all else is kept', { key: 'K', value: 'x' }, '# one\nA=1\nK=2\nKK=3\n', '# one\nA=1\nK=x\nKK=3\n'],
  ['is added', { key: 'K', value: 'x' }, 'A=1\n', 'A=1\nK=x\n'],
  ['stays exported', { key: 'K', value: 'x' }, '  export K=1\n', '  export K=x\n'],
  ['is there in quotes', { key: 'K', value: 'x y' }, 'K="x y"\n', 'K="x y"\n'],
  ['is there in other quotes', { key: 'K', value: 'x' }, "K='x'\n", "K='x'\n"],
  ['is there with escapes', { key: 'K', value: 'x"$y' }, 'K="x\\"\\$y"\n', 'K="x\\"\\$y"\n'],
  ['needs quotes', { key: 'K', value: 'x y' }, 'K=1\n', "K='x y'\n"],
  ['needs other quotes', { key: 'K', value: `it's "$5"` }, 'K=1\n', 'K="it\'s \\"\\$5\\""\n'],
  ['may be empty', { key: 'K', value: '' }, 'K=1\n', 'K=\n'],
  ['counts where it stands last', { key: 'K', value: '2' }, 'K=2\nK=1\n', 'K=2\nK=2\n'],
  ['is no part of a remark', { key: 'K', value: '2' }, '#K=1\n', '#K=1\nK=2\n'],
  ['is removed', { key: 'K', absent: true }, 'K=1\nA=1\nexport K=2\n', 'A=1\n'],
  ['keeps CRLF', { key: 'K', value: 2 }, 'K=1\r\n', 'K=2\r\n'],
  ['is a truth', { key: 'K', value: false }, '', 'K=false\n'],
]
