import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { jsonSchemas, type SchemaName } from '@prove/catalog'
import { configSchema, knownErrors, roleSchema, targetsSchema } from '@prove/core'
import { yamlLoader } from '@prove/loader-yaml'
import { componentSchema } from '../../catalog/src/components.js'
import { Errors } from '../../catalog/src/diagnostics.js'
import { parseIncludes } from '../../catalog/src/parse-states.js'
import { checkedLayer } from '../../catalog/src/variables.js'
import { loadContext } from '../../core/src/testing/load-context.js'
import { loadedOf } from '../loaded-of.js'
import { LocalGround } from '../local-session.js'

const ground = new LocalGround()

/** The schemas for the shipped plugins. */
export const schemas = jsonSchemas(ground.kernel)

/** Refuses keywords that nobody knows, but for those that only editors do. */
export const strictAjv = (): Ajv =>
  new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).addVocabulary([
    'errorMessage',
    'patternErrorMessage',
    'enumDescriptions',
  ])

const ajv = strictAjv()
const validators = Object.fromEntries(
  Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]),
) as Readonly<Record<SchemaName, ValidateFunction>>

/** The path of a value; of a key that is wrong itself, the path of the key. */
const pathOf = ({ instancePath, params, propertyName }: ErrorObject): string => {
  const { additionalProperty } = params as { additionalProperty?: string }
  const key = additionalProperty ?? propertyName
  return key === undefined ? instancePath : `${instancePath}/${key}`
}

/** Where the schema finds fault, each place once; the conditions that led there are left out. */
export const faults = (name: SchemaName, data: unknown): readonly string[] => {
  const validate = validators[name]
  if (validate(data)) return []
  const own = (validate.errors ?? []).filter(({ keyword }) => !['if', 'propertyNames'].includes(keyword))
  return [...new Set(own.map(pathOf))].toSorted()
}

/** What Prove says about the shape of states; that a name refers to nothing is no matter of shape. */
const isShape = (code: string): boolean =>
  /^PRV_(STATE_SHAPE|FIELD_|FUNCTION_UNKNOWN|ARGUMENT_|INCLUDE_|LATE_)/.test(code)

const statesErrors = (data: unknown): readonly string[] => {
  const errors = new Errors()
  parseIncludes(loadedOf(data), errors)
  const codes = errors.all().map(({ code }) => code)
  try {
    ground.compile(data)
    return codes
  } catch (error) {
    const known = knownErrors(error)
    if (known.length === 0) throw error
    return [...codes, ...known.map(({ code }) => code)].filter(isShape)
  }
}

const variablesErrors = (data: unknown): readonly string[] => {
  const errors = new Errors()
  checkedLayer({ kind: 'global', name: '', data, places: loadedOf(data) }, errors)
  return errors.all().map(({ code }) => code)
}

const reservedIn = (data: unknown): readonly string[] => {
  const variables = (data as { variables?: unknown } | null)?.variables
  return variables === undefined ? [] : variablesErrors(variables)
}

const issues = (result: { readonly success: boolean }): readonly string[] => (result.success ? [] : ['shape'])

/** What Prove itself has to say about the shape of a file: empty when it takes it. */
export const refusals: Readonly<Record<SchemaName, (data: unknown) => readonly string[]>> = {
  states: statesErrors,
  variables: variablesErrors,
  role: (data) => [...issues(roleSchema.safeParse(data)), ...reservedIn(data)],
  component: (data) => issues(componentSchema.safeParse(data)),
  config: (data) => [
    ...issues(configSchema.safeParse(data)),
    ...issues(targetsSchema.safeParse((data as { targets?: unknown } | null)?.targets ?? {})),
    ...reservedIn(data),
  ],
}

/** What the loader makes of a text. */
export const parsed = async (text: string): Promise<unknown> =>
  (await yamlLoader.load('example.yml', text, loadContext())).data
