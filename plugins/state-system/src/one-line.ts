import { z } from '@prove/core'

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001F\u007F\u0085\u2028\u2029]/

/** A text that stands in one line of a file, without blanks around it. */
export const oneLine = (about: string): z.ZodString =>
  z
    .string()
    .min(1)
    .refine((text) => !control.test(text), 'expected one line, without control characters')
    .refine((text) => text.trim() === text, 'expected no blanks around it')
    .meta({ description: about })
