import { z } from '@prove/core'

/** The file of /etc/sysctl.d that has a setting. */
export const confFile = {
  file: z
    .string()
    .regex(/^[\w-][\w.-]*$/, 'expected the name of a file')
    .refine((name) => !name.endsWith('.conf'), 'expected a name without ".conf"')
    .default('90-prove')
    .meta({ description: 'The file of `/etc/sysctl.d` that it is kept in, without `.conf`.' }),
}

export const confPath = ({ file }: { readonly file: string }): string => `/etc/sysctl.d/${file}.conf`
