import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faults, refusals } from './documents.js'
import { document } from './drawn.js'

it('accepts exactly what the compiler accepts', () => {
  const counts = { accepted: 0, refused: 0 }
  fc.assert(
    fc.property(document, (data) => {
      const accepts = faults('states', data).length === 0
      counts[accepts ? 'accepted' : 'refused']++
      expect(accepts).toBe(refusals.states(data).length === 0)
    }),
    { numRuns: 2000 },
  )
  // Neither side may go untested.
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(200)
})
