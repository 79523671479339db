import type { StateFunction } from '@prove/core'
import { defineValue } from './define-value.js'
import { yamlExamples } from './value-examples.js'
import { yamlFormat } from './yaml-format.js'

/** Keep a value in a YAML file. */
export const yaml: StateFunction = defineValue({
  name: 'yaml.value',
  about: 'Keep a value in a YAML file.',
  details: `Comments, order and style of everything else are kept. Maps that are missing on the way are made; a new name goes to the end of its map. Values behind an anchor, an alias or a tag, and files with several
documents, are not changed but told as errors. The file is read as YAML 1.2: \`on\` and \`yes\` are texts.`,
  examples: yamlExamples,
  format: yamlFormat,
})
