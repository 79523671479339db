import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { jsonSchemas, schemaNames } from '@prove/catalog'
import { didYouMean, ProveError } from '@prove/core'
import type { Project } from './project.js'

export interface SchemaCall {
  readonly kind: 'schema'
  readonly what: string | undefined
  readonly write: boolean
}

/** Prints a JSON Schema, or writes all of them for editors. */
export const schema = (
  { kernel, config }: Project,
  { what, write }: SchemaCall,
  print: (text: string) => void,
): number => {
  const schemas = jsonSchemas(kernel)
  if (write) {
    const folder = join(config.folder, '.prove', 'schemas')
    mkdirSync(folder, { recursive: true })
    for (const name of schemaNames) {
      const file = join(folder, `${name}.json`)
      writeFileSync(file, `${JSON.stringify(schemas[name], null, 2)}\n`)
      print(`${relative(process.cwd(), file)}\n`)
    }
    return 0
  }
  const name = schemaNames.find((known) => known === (what ?? 'states'))
  if (name === undefined) {
    const hint = didYouMean(what ?? '', schemaNames) ?? `it is one of ${schemaNames.join(', ')}`
    throw new ProveError('PRV_USAGE', `there is no schema of "${what ?? ''}"`, { hint })
  }
  print(`${JSON.stringify(schemas[name], null, 2)}\n`)
  return 0
}
