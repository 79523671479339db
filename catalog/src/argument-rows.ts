import { z } from '@prove/core'
import type { Named } from './schemas-call.js'
import type { JsonSchema } from './schemas-json.js'
import { writtenJson } from './schemas-zod.js'
import { typeText } from './type-text.js'

/** One argument of a state function or meta-state, as people are told of it. */
export interface ArgumentRow {
  readonly name: string
  /** Whether it may be given alone, as `FUNCTION: VALUE`. */
  readonly main: boolean
  /** What it takes, in words: "absolute path", "text, or list of texts". */
  readonly type: string
  /** As JSON; undefined where it has none. */
  readonly default: string | undefined
  readonly required: boolean
  readonly description: string
}

/** The arguments of a function, in the order in which it declares them: for its page, and for `prove docs`. */
export const argumentRows = (fn: Named): readonly ArgumentRow[] => {
  const { properties = {}, required = [], definitions = {} } = writtenJson(z.strictObject(fn.args))
  const schemas = properties as Readonly<Record<string, JsonSchema>>
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    main: name === fn.main,
    type: typeText(schema, definitions as Readonly<Record<string, JsonSchema>>),
    default: schema['default'] === undefined ? undefined : JSON.stringify(schema['default']),
    required: (required as readonly string[]).includes(name),
    description: typeof schema['description'] === 'string' ? schema['description'] : '',
  }))
}
