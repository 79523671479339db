import { configSchema, type Kernel, roleSchema, targetsSchema, z } from '@prove/core'
import { componentSchema } from './components.js'
import type { JsonSchema } from './schemas-json.js'
import { statesSchema } from './schemas-states.js'
import { jsonOf, variablesSchema } from './schemas-zod.js'

export type { JsonSchema }

/** The files of a catalog that have a schema of their own. */
export const schemaNames = ['states', 'config', 'role', 'variables', 'component'] as const

export type SchemaName = (typeof schemaNames)[number]

/** The configuration as a file of YAML or JSON can hold it: plugins by name, targets looked at at once. */
const writtenConfig = () =>
  configSchema.omit({ plugins: true }).extend({
    targets: targetsSchema.optional().meta({ description: 'The hosts that Prove can configure.' }),
    plugins: z.array(z.string()).optional().meta({ description: 'Plugins, by package name.' }),
  })

/** The schemas of the files of a catalog, for the plugins of this kernel: editors complete and check with them. */
export const jsonSchemas = (kernel: Pick<Kernel, 'functions' | 'metas'>): Readonly<Record<SchemaName, JsonSchema>> => ({
  states: statesSchema(kernel.functions.all, kernel.metas.all),
  config: jsonOf(writtenConfig()),
  role: jsonOf(roleSchema),
  variables: variablesSchema,
  component: jsonOf(componentSchema),
})
