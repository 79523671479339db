import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteQueue } from './byte-queue.js'

describe('a queue of bytes', () => {
  it('gives what it took, in pieces of any size', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 })
    const rooms = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
    fc.assert(
      fc.property(chunks, rooms, (given, asked) => {
        const queue = new ByteQueue()
        for (const chunk of given) queue.push(Buffer.from(chunk))
        const all = Buffer.concat(given)
        let at = 0
        for (const room of asked) {
          const piece = queue.take(room)
          expect(piece?.length ?? 0).toBe(Math.min(room, all.length - at))
          if (piece !== undefined) expect(piece.equals(all.subarray(at, at + piece.length))).toBe(true)
          at += piece?.length ?? 0
        }
        expect(queue.isEmpty).toBe(at === all.length)
      }),
    )
  })
})
