import { type Blob, isMap } from '@prove/core'

/** The contents that plain data speaks of, by their hashes. */
export const contentsIn = (data: unknown, found: Map<string, Blob> = new Map()): ReadonlyMap<string, Blob> => {
  if (Array.isArray(data)) for (const each of data) contentsIn(each, found)
  else if (isMap(data)) {
    const { sha256, size } = data
    if (typeof sha256 === 'string' && typeof size === 'number') found.set(sha256, { sha256, size })
    for (const each of Object.values(data)) contentsIn(each, found)
  }
  return found
}
