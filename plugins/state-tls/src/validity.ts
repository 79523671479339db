import { z } from '@prove/core'

export const usages = z.enum(['server', 'client', 'code', 'email'])

type Days = z.ZodDefault<z.ZodNumber>

/** How long a certificate is good, and when it is made anew. */
export const validityArguments = (
  days: number,
  before: number,
): { readonly days: Days; readonly renew_before: Days } => ({
  days: z.int().min(1).max(36_500).default(days).meta({ description: 'How many days a new one is good.' }),
  renew_before: z
    .int()
    .min(0)
    .default(before)
    .meta({ description: 'How many days ahead of its end a new one is made.' }),
})

/** One that is renewed as soon as it is made would be renewed in every run. */
export const validityConflict = ({
  days,
  renew_before: before,
}: {
  readonly days: number
  readonly renew_before: number
}): string | undefined => (before < days ? undefined : `"renew_before" must be less than "days", which is ${days}`)
