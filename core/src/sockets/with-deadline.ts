/**
 * Runs an attempt that is told when to give up: after so many seconds, or when `signal` says so. Nothing is left of timer and
 * listener when it is over.
 */
export const withDeadline = async <T>(
  seconds: number,
  signal: AbortSignal | undefined,
  attempt: (stop: AbortSignal) => Promise<T>,
): Promise<T> => {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(new Error(`no answer within ${seconds} s`)), seconds * 1000)
  const giveUp = (): void => stop.abort(signal?.reason)
  if (signal?.aborted === true) giveUp()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    return await attempt(stop.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}
