import { describe, expect, it } from 'vitest'
import { type TargetPicture } from './board.js'
import { widthOf } from './line.js'
import { liveBlock, type LivePicture } from './live-block.js'

const target = (name: string, more: Partial<TargetPicture> = {}): TargetPicture => ({
  name,
  phase: 'working',
  outcome: undefined,
  began: 0,
  since: 0,
  doing: 'checking',
  done: 0,
  total: 0,
  states: new Map(),
  notable: new Map(),
  stays: { count: 0, dependsOn: new Set() },
  errors: [],
  running: [],
  ...more,
})

const several = (count: number, more: (i: number) => Partial<TargetPicture> = () => ({})): readonly TargetPicture[] =>
  Array.from({ length: count }, (_, i) => target(`web${i}`, more(i)))

const blockOf = (picture: Partial<LivePicture>): readonly string[] =>
  liveBlock({ targets: [], columns: 40, rows: 24, now: 12_300, spin: '*', ...picture }).map((line) =>
    line.map(({ text }) => text).join(''),
  )

describe('the live lines', () => {
  it.each<[string, Partial<LivePicture>, readonly string[]]>([
    ['of one target without its name', { targets: [target('web')] }, ['* checking  12 s']],
    [
      'with how far it is',
      { targets: [target('web', { done: 3, total: 12, doing: 'site:deploy', since: 12_000 })] },
      ['* 3/12  site:deploy'],
    ],
    ['of a target that has ended: none', { targets: [target('web', { phase: 'ended', outcome: 'ok' })] }, []],
    [
      'of several, in columns',
      {
        targets: [
          target('a', { done: 3, total: 12 }),
          target('web-long', { done: 1, total: 2, doing: 'connecting' }),
          target('c', { phase: 'ended', outcome: 'failed' }),
          target('d', { phase: 'waiting' }),
        ],
      },
      [
        '* a         3/12  checking  12 s',
        '* web-long   1/2  connecting  12 s',
        '2 running, 1 waiting, 1 ended (1 failed)'.slice(0, 38) + '…',
      ],
    ],
    [
      'cut where they are too long, but for the time',
      { targets: [target('web', { doing: 'site:a-long-name-of-a-state-of-a-file-of-a-component' })], columns: 30 },
      ['* site:a-long-name-of-a…  12 s'.slice(0, 22) + '…  12 s'],
    ],
    [
      'of wide letters, by the columns they take',
      { targets: [target('web', { doing: '設定ファイルを書く', since: 12_000 })], columns: 12 },
      ['* 設定ファ…'],
    ],
  ])('%s', (_title, picture, lines) => {
    expect(blockOf(picture)).toEqual(lines)
  })

  it('of many are folded to those that run longest, and a count', () => {
    const targets = [...several(30, (i) => ({ began: 100 - i })), ...several(5, () => ({ phase: 'waiting' }))]
    const lines = blockOf({ targets })
    expect(lines).toHaveLength(10)
    expect(lines[0]).toContain('web29')
    expect(lines.at(-1)).toBe('30 running, 5 waiting, 0 ended')
  })

  it.each([1, 2, 3, 5, 10, 80, 200])('fit %i columns, and half of the rows', (columns) => {
    for (const rows of [1, 4, 10, 50]) {
      const picture = { targets: several(40, () => ({ done: 1, total: 2 })), columns, rows, now: 5000, spin: '*' }
      const lines = liveBlock(picture)
      expect(lines.length).toBeLessThanOrEqual(Math.max(2, Math.floor(rows / 2)))
      expect(Math.max(...lines.map(widthOf))).toBeLessThan(Math.max(2, columns))
    }
  })
})
