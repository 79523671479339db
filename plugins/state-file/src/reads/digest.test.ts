import { expect, it } from 'vitest'
import { parseDigests } from './digest.js'

it('reads digests, and none where there is no file', () => {
  const hash = '0f'.repeat(64)
  const broke = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
  const found = parseDigests(Buffer.from(`${hash}\n\nsh: error\n${hash.slice(0, 100)}`), [0, 0, 0, 0])
  expect(found).toEqual([{ ok: true, value: hash }, { ok: true, value: '' }, broke, broke])
})
