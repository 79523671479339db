import { z } from 'zod'
import { isMap } from '../json.js'
import type { Plugin } from './plugin.js'

const elevation = z.union([
  z.enum(['sudo', 'doas', 'su']),
  z.strictObject({ method: z.enum(['sudo', 'doas', 'su']), user: z.string().default('root') }),
])

const variables = z.record(z.string(), z.unknown()).meta({ description: 'Variables, by name.' })

const names = z.array(z.string().min(1))

/** A state file, or a component, once or under a name of its own. */
export const inclusionSchema = z.union([
  z.string().min(1),
  z
    .strictObject({
      component: z.string().min(1).meta({ description: 'The component to instantiate.' }),
      file: z.string().min(1).meta({ description: 'The state file, without its extension; "main" of a component.' }),
      as: z
        .string()
        .regex(/^[\w@.+-]+$/, 'expected letters, digits, and any of "_ - . + @"')
        .meta({ description: 'The name that the ids of this instance begin with.' }),
      with: variables.meta({ description: 'What its files see as `with`.' }),
    })
    .partial()
    .refine(({ component, file }) => component !== undefined || file !== undefined, 'expected "component" or "file"'),
])

const stateList = z.array(inclusionSchema).meta({ description: 'State files and components.' })

export const targetSchema = z.strictObject({
  host: z.string().min(1).optional().meta({ description: 'Its address; the name unless given.' }),
  executor: z.string().min(1).optional().meta({ description: 'The way to reach it.' }),
  options: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Options of the executor.' }),
  elevate: elevation.optional().meta({ description: 'Become another user: sudo, doas or su.' }),
  variables: variables.default({}),
  states: stateList.default([]),
  roles: names.default([]).meta({ description: 'Roles, by name.' }),
  groups: names.default([]).meta({ description: 'Groups that it belongs to.' }),
})

export const groupSchema = z.strictObject({
  targets: z
    .union([z.string().min(1), names])
    .default([])
    .meta({ description: 'Its members: a list of names, or an expression such as "web*" or "/^db/".' }),
  variables: variables.default({}),
  states: stateList.default([]),
  roles: names.default([]).meta({ description: 'Roles of its members.' }),
})

export const roleSchema = z.strictObject({
  variables: variables.default({}),
  states: stateList.default([]),
})

export const inventorySchema = z.union([
  z.string().min(1),
  z
    .strictObject({
      file: z.string().min(1).meta({ description: 'A file of targets and groups.' }),
      command: z.array(z.string().min(1)).min(1).meta({ description: 'A command that prints targets and groups.' }),
      format: z
        .string()
        .min(1)
        .meta({ description: 'A loader or an inventory format, where the extension does not say it.' }),
    })
    .partial()
    .refine(({ file, command }) => (file === undefined) !== (command === undefined), 'expected "file" or "command"'),
])

/** Targets with their names: `{ web1: {…} }`, or `[{ name: 'web1', … }]`. */
export const targetsSchema = z.union([
  z.record(z.string(), targetSchema),
  z.array(targetSchema.extend({ name: z.string().min(1) })),
])

export const historySchema = z.strictObject({
  keep: z.int().min(0).default(50).meta({ description: 'Runs to keep; 0 for none.' }),
  days: z.number().positive().optional().meta({ description: 'Days to keep a run; without a limit unless given.' }),
  megabytes: z.number().positive().default(200).meta({ description: 'What all kept runs together may take.' }),
})

export const configSchema = z.strictObject({
  name: z.string().min(1).optional().meta({
    description:
      'The name of this catalog, by which targets keep its notifications; the name of the folder unless given.',
  }),
  environment: z.string().min(1).default('default').meta({
    description: 'Which of several environments this is, such as "staging": each has notifications of its own.',
  }),
  plugins: z.array(z.union([z.string(), z.custom<Plugin>(isMap, 'expected a plugin or its name')])).default([]),
  loaders: z
    .record(z.string().startsWith('.'), z.string())
    .default({})
    .meta({ description: 'The loader of an extension, where another than usual is wanted: { ".yml": "yaml" }.' }),
  // Looked at one by one when the catalog is opened, with their places: see targetsSchema.
  targets: z.unknown().default({}),
  inventories: z.array(inventorySchema).default([]).meta({ description: 'Files and commands that give targets.' }),
  groups: z.record(z.string(), groupSchema).default({}).meta({ description: 'Groups of targets.' }),
  roles: z.record(z.string(), roleSchema).default({}).meta({ description: 'Variables and states, given together.' }),
  components: names.default([]).meta({ description: 'npm packages that are components.' }),
  variables: variables.default({}),
  states: stateList.default([]),
  withoutAgent: z.enum(['fail', 'skip']).default('fail').meta({
    description: 'What becomes of a state that needs an agent, on a target that has none.',
  }),
  history: historySchema.prefault({}).meta({ description: 'How many runs this machine keeps for "prove runs".' }),
})

export type Inclusion = z.output<typeof inclusionSchema>
export type TargetInput = z.output<typeof targetSchema>
export type GroupInput = z.output<typeof groupSchema>
export type RoleInput = z.output<typeof roleSchema>
export type InventoryInput = z.output<typeof inventorySchema>
export type HistoryLimits = z.output<typeof historySchema>
