import type { Example } from '@prove/core'

export const watchedExamples: readonly Example[] = []
