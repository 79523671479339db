import { z } from '@prove/core'

const isRegex = (source: string): boolean => {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}

/** A regular expression as JavaScript has them. */
export const regex = (about: string): z.ZodString =>
  z
    .string()
    .min(1)
    .refine(isRegex, 'expected a regular expression')
    .meta({ description: about, kind: 'regular expression' })
