import { z } from '@prove/core'

const commands = z.union([z.string().min(1), z.array(z.union([z.string().min(1), z.array(z.string()).min(1)])).min(1)])
const ids = z.union([z.string().min(1), z.array(z.string().min(1))])

/** The fields that a state or a part may have beside its arguments. */
export const fieldSchemas = {
  requires: ids.meta({ description: 'States that must have succeeded before.' }),
  after: ids.meta({ description: 'States that come before, whatever their outcome.' }),
  lazy: z.boolean().meta({ description: 'Runs only when it is notified.' }),
  notify: ids.meta({ description: 'States to run when this one changed.' }),
  notify_failure: ids.meta({ description: 'States to run when this one failed.' }),
  listen: ids.meta({ description: 'States whose change makes this one run; it is then lazy.' }),
  listen_failure: ids.meta({ description: 'States whose failure makes this one run; it is then lazy.' }),
  unless: commands.meta({ description: 'Nothing to do when any of these commands succeeds.' }),
  onlyif: commands.meta({ description: 'Nothing to do unless all of these commands succeed.' }),
  creates: z.string().startsWith('/').meta({ description: 'Nothing to do when this path exists.' }),
  timeout: z.number().positive().meta({ description: 'Seconds that each command may take.' }),
  run_as: z.string().min(1).meta({ description: 'The user that commands run as.' }),
  env: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'Environment variables of commands.',
  }),
} as const

export type FieldName = keyof typeof fieldSchemas

export const fieldNames = Object.keys(fieldSchemas) as readonly FieldName[]

export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fieldSchemas, name)

/** Fields as written, already known to have the right shape. */
export type Fields = { readonly [K in FieldName]?: z.output<(typeof fieldSchemas)[K]> }

/** A single item, or a list of them, as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]
