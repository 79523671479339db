import { expect, it } from 'vitest'
import type { Facts } from '../contracts/facts.js'
import { seenFile } from '../testing/seen-file.js'
import { givesFile, predictFile } from './file-prediction.js'

const facts = { uid: 0 } as Facts
const now = seenFile({ size: 6 }, '/etc/motd')
const sizeAfter = (fields: object): unknown =>
  predictFile({ path: '/etc/motd', hash: true }, now, [givesFile('/etc/motd', { type: 'file', ...fields })], facts)
    ?.size

it('does not know the size of other content, unless it is told', () => {
  expect(sizeAfter({ sha256: '0'.repeat(64) })).toBeUndefined()
  expect(sizeAfter({ sha256: '0'.repeat(64), size: 7 })).toBe(7)
  expect(sizeAfter({ sha256: now.sha256 })).toBe(6)
  expect(sizeAfter({ mode: '0600' })).toBe(6)
})
