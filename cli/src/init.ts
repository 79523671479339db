import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createKernel } from '@prove/core'
import { editorSettings } from './editor-settings.js'
import { shippedPlugins, standardPreset } from './shipped-plugins.js'
import { schemaFiles } from './schema.js'

export interface InitCall {
  /** Where the catalog begins. */
  readonly folder: string
}

const config = `import { defineConfig } from '@prove/core'

export default defineConfig({
  targets: {
    // The machine that you are on; a target with another name is reached by ssh.
    local: {},
  },
  states: ['site'],
})
`

const site = `# yaml-language-server: $schema=../.prove/schemas/states.json
motd:
  file.managed:
    path: /tmp/{{ project }}-motd
    content: |
      {{ greeting }} from {{ facts.hostname }}
`

const variables = `# yaml-language-server: $schema=../.prove/schemas/variables.json
project: prove-init
greeting: hello
`

const files: Readonly<Record<string, string>> = {
  'prove.config.ts': config,
  'states/site.yml': site,
  'variables/all.yml': variables,
  '.gitignore': '.prove/\n',
  '.vscode/settings.json': `${JSON.stringify(editorSettings, null, 2)}\n`,
}

/** Begins a catalog: a small one that works, and the schemas for editors. What is there already is left alone. */
export const init = async ({ folder }: InitCall, print: (text: string) => void): Promise<number> => {
  const loaded = await Promise.all(
    standardPreset.map(async (asked) => ({ asked, plugin: (await shippedPlugins[asked]?.load())?.default })),
  )
  const schemas = Object.entries(schemaFiles(createKernel(loaded)))
  for (const [name, text] of [...Object.entries(files), ...schemas]) {
    const path = join(folder, name)
    // Schemas are made from the plugins: they are the same, or out of date.
    if (existsSync(path) && !name.startsWith('.prove/')) {
      print(`kept   ${path}\n`)
      continue
    }
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    print(`wrote  ${path}\n`)
  }
  const where = folder === '.' ? '' : `cd ${folder} && `
  print(`\nnext:  ${where}prove plan\n`)
  return 0
}
