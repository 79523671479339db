import { describe, expect, it } from 'vitest'
import { type FstabLine, linesFor, withLine, withoutLines, writtenLine } from './fstab.js'

const data: FstabLine = { device: 'UUID=1-2', path: '/data', fstype: 'ext4', options: 'defaults', dump: 0, pass: 2 }

describe('a line of fstab', () => {
  it.each([
    ['alone', '', 'UUID=1-2 /data ext4 defaults 0 2\n'],
    [
      'behind a last line without an end',
      '/dev/a / ext4 rw 0 1',
      '/dev/a / ext4 rw 0 1\nUUID=1-2 /data ext4 defaults 0 2\n',
    ],
    [
      'as it is, with tabs',
      '#x\nUUID=1-2\t/data\text4\tdefaults\t0 2 # y',
      '#x\nUUID=1-2\t/data\text4\tdefaults\t0 2 # y',
    ],
    [
      'as it is, quoted, with a slash more',
      'UUID="1-2" /data/ ext4 defaults 0 2\n',
      'UUID="1-2" /data/ ext4 defaults 0 2\n',
    ],
    [
      'with other options, and all blanks',
      ' UUID=1-2\t\t/data  ext4\trw,noatime 0\t2 \r\nb',
      ' UUID=1-2\t\t/data  ext4\tdefaults 0\t2\r\nb',
    ],
    ['with what was left out', 'UUID=1-2 /data ext4\n/dev/b /b xfs', 'UUID=1-2 /data ext4 defaults 0 2\n/dev/b /b xfs'],
    [
      'and no other for its path',
      'LABEL=a /data ext4 ro\n#\nLABEL=b /data xfs\n',
      'UUID=1-2 /data ext4 defaults 0 2\n#\n',
    ],
    [
      'beside one that is a comment',
      '#UUID=1-2 /data ext4 defaults 0 2\n',
      '#UUID=1-2 /data ext4 defaults 0 2\nUUID=1-2 /data ext4 defaults 0 2\n',
    ],
    ['beside lines that are none', 'swap\nnonsense here\n', 'swap\nnonsense here\nUUID=1-2 /data ext4 defaults 0 2\n'],
  ])('is kept %s', (_title, before, after) => {
    expect(withLine(before, data)).toBe(after)
    expect(withLine(after, data)).toBe(after)
  })

  it('has blanks, backslashes and other letters as escapes, and is found by them', () => {
    const odd = { ...data, device: '#1', path: '/srv/my data\t\\ü' }
    const text = withLine('', odd)
    expect(text).toBe('\\0431 /srv/my\\040data\\011\\134ü ext4 defaults 0 2\n')
    expect(linesFor(text, odd.path)).toEqual([{ ...odd, written: text.trim() }])
    expect(linesFor('a /srv/my\\040data\\011\\134\\303\\274 ext4\n', odd.path)).toHaveLength(1)
    expect(withLine(text, odd)).toBe(text)
    expect(writtenLine(odd)).toBe(text.trim())
  })

  it.each([
    ['its only line', 'a / x\nUUID=1-2 /data ext4\nb', 'a / x\nb'],
    ['all its lines', 'a /data x\n#a /data x\r\nb /data/ y', '#a /data x\r\n'],
    ['none', 'a /data2 x\n', 'a /data2 x\n'],
  ])('goes: %s', (_title, before, after) => {
    expect(withoutLines(before, '/data')).toBe(after)
  })
})
