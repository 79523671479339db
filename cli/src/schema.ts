import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { jsonSchemas, schemaNames } from '@prove/catalog'
import { didYouMean, type Kernel, messageOf, ProveError } from '@prove/core'
import type { Project } from './project.js'

export interface SchemaCall {
  readonly what: string | undefined
  readonly write: boolean
}

/** Prints a JSON Schema, or writes all of them for editors. */
export const schema = async (
  { kernel, config }: Project,
  { what, write }: SchemaCall,
  print: (text: string) => void,
): Promise<number> => {
  await kernel.bring('functions')
  if (write) {
    for (const [name, text] of Object.entries(schemaFiles(kernel))) {
      const file = join(config.folder, name)
      writeWhole(file, text)
      print(`${relative(process.cwd(), file)}\n`)
    }
    return 0
  }
  const name = schemaNames.find((known) => known === (what ?? 'states'))
  if (name === undefined) {
    const hint = didYouMean(what ?? '', schemaNames) ?? `it is one of ${schemaNames.join(', ')}`
    throw new ProveError('PRV_USAGE', `there is no schema of "${what ?? ''}"`, { hint })
  }
  print(`${JSON.stringify(jsonSchemas(kernel)[name], null, 2)}\n`)
  return 0
}

const writeWhole = (file: string, text: string): void => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new ProveError('PRV_USAGE', `cannot write the schemas: ${messageOf(error)}`, {
      hint: 'print one with "prove schema states", and write it where you may',
      cause: error,
    })
  }
}

/** What editors read, by path below the catalog. */
export const schemaFiles = (kernel: Kernel): Readonly<Record<string, string>> => {
  const schemas = jsonSchemas(kernel)
  return Object.fromEntries(
    schemaNames.map((name) => [`.prove/schemas/${name}.json`, `${JSON.stringify(schemas[name], null, 2)}\n`]),
  )
}
