import type { Loaded } from '@prove/core'

/** Data as a loader would give it, all of it at one place: for tests that have no file. */
export const loadedOf = (data: unknown, file = 'test.yml'): Loaded => {
  const place = { file, line: 1, column: 1 }
  return { data, placeOf: () => place, placeOfKey: () => place }
}
