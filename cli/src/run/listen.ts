import type { Interruption } from '@prove/core'

/** Ctrl-C once ends gently, twice by force; a third time ends Prove itself. Returns what stops listening. */
export const listen = (interruption: Interruption): (() => void) => {
  let times = 0
  const onSignal = (): void => {
    times += 1
    if (times > 2) process.exit(130)
    interruption.ask()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}
