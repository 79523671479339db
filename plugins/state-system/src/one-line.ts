import { z } from '@prove/core'

const control = /[\p{Cc}\u2028\u2029]/u

/** A text that stands in one line of a file, without blanks around it. */
export const oneLine = (about: string): z.ZodString =>
  z
    .string()
    .min(1)
    .refine((text) => !control.test(text), 'expected one line, without control characters')
    .refine((text) => text.trim() === text, 'expected no blanks around it')
    .meta({ description: about })
