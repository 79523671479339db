import type { StateFunction } from '@prove/core'
import { defineValue } from './define-value.js'
import { jsonFormat } from './json-format.js'
import { jsonExamples } from './value-examples.js'

/** Keep a value in a JSON file. */
export const json: StateFunction = defineValue({
  name: 'json.value',
  about: 'Keep a value in a JSON file.',
  details: `Comments and commas behind the last value, as many programs take them, are kept, and so is the way the rest is written. Maps that are missing on the way are made. A file that is no JSON is an error, with its
line. Numbers have the precision of JavaScript.`,
  examples: jsonExamples,
  format: jsonFormat,
})
