import { z } from '@prove/core'

const command = z
  .array(z.string())
  .min(1)
  .optional()
  .meta({ description: 'A program and its arguments; the first line that it prints is taken.' })

export const options = {
  user: z.string().min(1).optional().meta({ description: 'The user to log in as; what ssh_config says unless given.' }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .meta({ description: 'The port of sshd; what ssh_config says unless given.' }),
  identity: z.string().min(1).optional().meta({ description: 'A file with a private key. Others are not tried then.' }),
  passphraseCommand: command.describe('Prints the passphrase of encrypted keys, for those that no agent has.'),
  passwordCommand: command.describe('Prints the password of the user, where no key is let in.'),
  config: z.string().min(1).optional().meta({ description: 'A file to read in place of ~/.ssh/config.' }),
  knownHosts: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'The file of known host keys, in place of the usual ones.' }),
  connectTimeout: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Seconds that connecting may take; what ssh_config says unless given, else 10.' }),
}

export type SshOptions = z.output<z.ZodObject<typeof options>>
