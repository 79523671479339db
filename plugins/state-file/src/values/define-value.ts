import { blocked, type Blocked, canonicalJson, type Example, type Json, type StateFunction, z } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { type Holding, keyArgument, type KeyPath, pathText, valueArgument, withValue } from './key-path.js'

/** A format of documents, of which one value can be changed while everything else stays as it is written. */
export interface DocumentFormat {
  /** What the text means; or where it is no document of the format. */
  readonly parse: (text: string) => Holding | Blocked
  /** The text with another value at a place, or without the one there. It is parsed again, and must mean what is wanted. */
  readonly change: (text: string, path: KeyPath, value: Json | undefined) => string | Blocked
}

interface ValueDefinition {
  readonly name: string
  readonly about: string
  readonly details: string
  readonly examples: readonly Example[]
  readonly format: DocumentFormat
}

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b)

/** A state function that keeps one value of a document. */
export const defineValue = ({ format, ...told }: ValueDefinition): StateFunction =>
  defineEdit({
    ...told,
    args: {
      key: keyArgument,
      value: valueArgument.optional(),
      absent: z.boolean().optional().meta({ description: 'Remove the value, and its name.' }),
    },
    conflict: ({ value, absent }) => {
      if (value === undefined && absent !== true) return '"value" is missing'
      return value !== undefined && absent === true ? '"value" and "absent" exclude each other' : undefined
    },
    edit: ({ key, value, absent }, text) => {
      const before = format.parse(text)
      if (!('holds' in before)) return before
      const wanted = absent === true ? undefined : value
      if (before.holds === undefined && wanted === undefined) return text
      const after = withValue(before.holds ?? {}, key, wanted)
      if (!('holds' in after)) return after
      if (same(before.holds, after.holds)) return text
      const fresh = format.change(text, key, wanted)
      if (typeof fresh !== 'string') return fresh
      const found = format.parse(fresh)
      // What cannot be changed without touching something else is left to the person.
      if (!('holds' in found) || !same(found.holds ?? {}, after.holds)) {
        return blocked(`"${pathText(key)}" is written in a way that cannot be changed in its place`)
      }
      return fresh
    },
  })
