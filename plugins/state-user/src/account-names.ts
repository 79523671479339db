import { z } from '@prove/core'

/** What useradd and groupadd take everywhere; a number alone would be taken for an id. */
const isPortableName = (name: string): boolean =>
  name.length <= 32 && /^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(name) && !/^\d+$/.test(name)

const expected =
  'expected a name of at most 32 letters a-z, digits, "_", "." and "-" that does not begin with "-" and is no number'

/** The name of an account that is made or changed. */
export const accountName = (about: string): z.ZodString =>
  z.string().refine(isPortableName, expected).meta({ description: about })

/** An id that no account has by accident: the last one of 32 bits means "none". */
export const accountId = (about: string): z.ZodInt => z.int().min(0).max(4_294_967_294).meta({ description: about })

/** The name of a user that is there, or comes from a directory server. */
export const loginName = (about: string): z.ZodString =>
  z
    .string()
    .refine((name) => /^[^\s:,/-][^\s:,/]*$/.test(name) && !/^\d+$/.test(name), 'expected the name of a user')
    .meta({ description: about })
