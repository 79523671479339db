import type { StateFunction } from '@prove/core'
import { defineValue } from './define-value.js'
import { tomlFormat } from './toml-format.js'
import { tomlExamples } from './value-examples.js'

/** Keep a value in a TOML file. */
export const toml: StateFunction = defineValue({
  name: 'toml.value',
  about: 'Keep a value in a TOML file.',
  details: `Comments, order and style of everything else are kept. A table that is missing is made at the end of the file. Tables in lists are named by their place, from 0: \`key: [servers, 0, port]\`. A value inside an
inline table is not changed in its place but told as an error: give the whole of the inline table. Dates cannot be given; those that are there are kept.`,
  examples: tomlExamples,
  format: tomlFormat,
})
