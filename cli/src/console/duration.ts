/** `0.4 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`. */
export const duration = (ms: number): string => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : long(ms))

/** The same in whole seconds: for what is still going on. */
export const wholeSeconds = (ms: number): string => (ms < 60_000 ? `${Math.floor(ms / 1000)} s` : long(ms))

const long = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes < 60) return `${minutes} min ${two(rest)} s`
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

const two = (number: number): string => String(number).padStart(2, '0')
