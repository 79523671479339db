import { z } from '@prove/core'

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9+._-]*(?::[a-z0-9-]+)?$/, 'expected the name of a package')
  // Package managers take such a word for an order to remove what stands before the dash.
  .refine((text) => !text.endsWith('-'), 'the name of a package does not end in a dash')

/** A package, or several. */
export const names = (about: string): z.ZodType<readonly string[], string | string[]> =>
  z
    .union([name, z.array(name).min(1)])
    .transform((given) => [...new Set(typeof given === 'string' ? [given] : given)])
    .meta({ description: about })

const defaultLockSeconds = 120

/** Arguments of every function that changes packages. */
export const transactionArguments: {
  readonly lock_timeout: z.ZodDefault<z.ZodInt>
} = {
  lock_timeout: z
    .int()
    .min(0)
    .max(3600)
    .default(defaultLockSeconds)
    .meta({ description: 'How many seconds to wait while somebody else holds a lock of the package manager.' }),
}

/** How old package lists may be, in seconds. */
export const maxListAge = (about: string): z.ZodOptional<z.ZodInt> =>
  z.int().min(0).optional().meta({ description: about })
