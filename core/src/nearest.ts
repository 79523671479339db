import { editDistance } from './edit-distance.js'

/** The known name that a mistyped one most likely meant, or undefined when none is close. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(name.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const candidate of known) {
    if (Math.abs(name.length - candidate.length) > limit) continue
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (d <= limit && (best === undefined || d < best.distance)) best = { name: candidate, distance: d }
  }
  return best?.name
}

/** A hint such as: did you mean "requires"? */
export const didYouMean = (name: string, known: Iterable<string>): string | undefined => {
  const found = nearest(name, known)
  return found === undefined ? undefined : `did you mean "${found}"?`
}
