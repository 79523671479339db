import type { Writable } from 'node:stream'

/** Resolves when a stream takes more, or takes nothing any more. */
export const roomIn = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle).off('close', settle)
      resolve()
    }
    stream.once('drain', settle).once('close', settle)
  })
