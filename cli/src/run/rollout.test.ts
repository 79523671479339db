import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Amount, parseAmount } from './amount.js'
import { batchSizes, type Pace, Rollout } from './rollout.js'

const amounts = (text: string): readonly Amount[] =>
  text === '' ? [] : text.split(',').map((each) => parseAmount(each) ?? expect.fail(`"${each}" is no amount`))

describe('batches', () => {
  it.each([
    ['', 5, [5]],
    ['2', 5, [2, 2, 1]],
    ['25%', 8, [2, 2, 2, 2]],
    ['25%', 3, [1, 1, 1]],
    ['1,5,25%', 20, [1, 5, 5, 5, 4]],
    ['100%', 7, [7]],
    ['50', 7, [7]],
    ['0', 2, [1, 1]],
    ['2', 0, []],
  ])('%s of %i', (serial, total, sizes) => {
    expect(batchSizes(amounts(serial), total)).toEqual(sizes)
  })

  it('hold every target once, whatever their sizes', () => {
    const amount = fc.oneof(fc.record({ count: fc.nat(20) }), fc.record({ percent: fc.nat(100) }))
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 4 }), fc.nat(200), (serial, total) => {
        const sizes = batchSizes(serial, total)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total)
        expect(sizes.every((size) => size >= 1)).toBe(true)
      }),
    )
  })
})

describe.each(['x', '', '-1', '1.5', '101%', '%', '2 3'])('"%s"', (text) => {
  it('is no amount', () => expect(parseAmount(text)).toBeUndefined())
})

interface Rolled {
  readonly name: string
  readonly outcome: 'ok' | 'failed' | 'skipped'
}

/** Runs over names, of which some fail; what came of each. */
const rolled = async (names: string, pace: Partial<Pace>, failing: string): Promise<string> => {
  const rollout = new Rollout<Rolled>({ concurrency: 10, serial: [], ...pace }, names.length)
  const outcomes = await rollout.over(
    names.split(''),
    (name, begin) =>
      begin(async () => {
        await Promise.resolve()
        return { name, outcome: failing.includes(name) ? 'failed' : 'ok' }
      }),
    (name) => ({ name, outcome: 'skipped' }),
  )
  const marks = { ok: '=', failed: '!', skipped: '-' }
  return outcomes.map(({ name, outcome }) => `${name}${marks[outcome]}`).join(' ')
}

describe('a rollout', () => {
  const one = { concurrency: 1 }
  const share = (percent: number) => ({ maxFail: { percent } })
  it.each<[string, Partial<Pace>, string, string]>([
    ['goes over all of them, whoever fails', {}, 'ab', 'a! b! c= d='],
    ['begins no more once too many have failed', { ...one, maxFail: { count: 1 } }, 'ab', 'a! b! c- d-'],
    ['stops at the first where none may fail', { ...one, maxFail: { count: 0 } }, 'b', 'a= b! c- d-'],
    ['knows shares', { ...one, ...share(50) }, 'ab', 'a! b! c= d='],
    ['ends those of a batch that are begun', { serial: amounts('2') }, 'a', 'a! b= c- d-'],
    [
      'goes on after a batch in which as many failed as may',
      { serial: amounts('2'), maxFail: { count: 1 } },
      'a',
      'a! b= c= d=',
    ],
  ])('%s', async (_title, pace, failing, expected) => {
    expect(await rolled('abcd', pace, failing)).toBe(expected)
  })

  it('begins a batch when the one before has ended', async () => {
    const log: string[] = []
    const rollout = new Rollout<{ readonly outcome: 'ok' }>({ concurrency: 10, serial: amounts('2') }, 4)
    const run = async (name: string) => {
      log.push(`${name} begins`)
      await new Promise((resume) => setImmediate(resume))
      log.push(`${name} ends`)
      return { outcome: 'ok' as const }
    }
    await rollout.over(
      ['a', 'b', 'c'],
      (name, begin) => begin(() => run(name)),
      () => expect.fail('none is skipped'),
    )
    expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'c begins', 'c ends'])
  })
})
