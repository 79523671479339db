/** How long ago: `12 s`, `5 min`, `3 h`, `8 d`. */
export const ageText = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`
}

/** A moment on the clock of whoever reads it: `2026-11-24 19:15:02`. */
export const momentText = (moment: string): string => new Date(moment).toLocaleString('sv-SE')
