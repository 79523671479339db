import { describe, expect, it } from 'vitest'
import { markedLine, withMarkedLine, withoutMarkedLine } from './marked-lines.js'

const block = '# prove: a\n1 * * * * x\n# prove end: a\n'
const line = '1 * * * * x'

describe('a marked line', () => {
  it.each([
    ['in nothing', '', block],
    ['behind what is there', 'MAILTO=me\n', `MAILTO=me\n${block}`],
    ['behind a last line without an end', '0 1 * * * other', `0 1 * * * other\n${block}`],
    ['where it is', `a\n# prove: a\n2 * * * * y\n# prove end: a\nb`, `a\n${block}b`],
    ['as it is, with all around it', `\t a\r\n${block}\n\n#b`, `\t a\r\n${block}\n\n#b`],
    ['between marks that hold nothing', '# prove: a\n# prove end: a\nb\n', `${block}b\n`],
    ['between marks that hold more', '# prove: a\n1\n\n2\n# prove end: a\nb\n', `${block}b\n`],
    [
      'below a mark without its end: what follows is somebody else’s',
      '# prove: a\n0 1 * * * b\n',
      `${block}0 1 * * * b\n`,
    ],
    [
      'below a mark that another mark follows',
      '# prove: a\n# prove: b\n0 1 * * * b\n# prove end: b\n',
      `${block}# prove: b\n0 1 * * * b\n# prove end: b\n`,
    ],
    ['with line ends that cron does not take', block.replaceAll('\n', '\r\n'), block],
    ['beside a longer name', '# prove: a b\nx\n# prove end: a b\n', `# prove: a b\nx\n# prove end: a b\n${block}`],
  ])('is put %s', (_title, before, after) => {
    expect(withMarkedLine(before, 'a', line)).toBe(after)
    expect(withMarkedLine(after, 'a', line)).toBe(after)
    expect(markedLine(after, 'a')).toBe(line)
  })

  it.each([
    ['alone', block, ''],
    ['between others', `a\n${block}b`, 'a\nb'],
    ['not there', 'a\n\r\n', 'a\n\r\n'],
    ['a mark without its end', `# prove: a\n${line}\n`, `${line}\n`],
  ])('is removed: %s', (_title, before, after) => {
    expect(withoutMarkedLine(before, 'a')).toBe(after)
    expect(markedLine(after, 'a')).toBeUndefined()
  })
})
