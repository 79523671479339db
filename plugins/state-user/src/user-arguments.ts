import { type Args, path, secret, z } from '@prove/core'
import { accountId, accountName } from './account-names.js'
import { isCryptHash } from './crypt-hash.js'
import { isDate } from './days.js'

const names = z.string().refine((name) => /^[^\s:,/-][^\s:,/]*$/.test(name), 'expected the name of a group')

const days = (about: string): z.ZodOptional<z.ZodInt> =>
  z.int().min(0).max(99_999).optional().meta({ description: about })

export const userArguments = {
  name: accountName('The user.'),
  uid: accountId('Its number; the next free one unless given.').optional(),
  change_uid: z
    .boolean()
    .optional()
    .meta({ description: 'Give a user that has another number this one, with the files in its home.' }),
  group: z
    .union([names, accountId('')])
    .optional()
    .meta({ description: 'Its primary group, by name or number; unless given, one of its own name.' }),
  groups: z.array(names).optional().meta({ description: 'More groups that it is a member of.' }),
  exclusive_groups: z.boolean().optional().meta({ description: 'It leaves every group that "groups" does not list.' }),
  home: path('Its home directory; unless given, one of its name where this host has homes.').optional(),
  create_home: z.boolean().optional().meta({
    description:
      'Make the home where there is none; unless given, that of a new user who is not of the system, and one that "home" names.',
  }),
  move_home: z.boolean().optional().meta({ description: 'Where "home" is another than it has, move it there.' }),
  shell: path('Its login shell.').optional(),
  comment: z
    .string()
    .refine((text) => !/[:\p{Cc}]/u.test(text), 'expected a text of one line without ":"')
    .optional()
    .meta({ description: 'Its full name, or what it is for.' }),
  system: z
    .boolean()
    .optional()
    .meta({ description: 'Make it as a system user: a number of that range, and no home. Only when it is made.' }),
  password: secret(
    z
      .string()
      .refine(isCryptHash, 'expected the hash of a password as crypt makes it, which begins with "$", or "*" for none'),
  )
    .optional()
    .meta({ description: 'The hash of its password, as `openssl passwd -6` or `mkpasswd` makes it; `*`: none.' }),
  password_once: z
    .boolean()
    .optional()
    .meta({ description: 'Set the password only when the user is made, or has none: then it is its own.' }),
  locked: z.boolean().optional().meta({ description: 'Whether its password is locked. Keys let it in all the same.' }),
  expires: z
    .union([z.literal('never'), z.string().refine(isDate, 'expected a date such as 2030-12-31')])
    .optional()
    .meta({ description: 'The day from which it is let in no more, as YYYY-MM-DD, or "never".' }),
  password_max_days: days('A password must be changed after so many days.'),
  password_min_days: days('A password may be changed only after so many days.'),
  password_warn_days: days('It is told so many days before that.'),
}

export type UserArguments = Args<typeof userArguments>
