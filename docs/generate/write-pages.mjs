// Writes the pages that code knows best: state functions, the command line, schemas. None of them is committed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jsonSchemas, schemaNames } from '@prove/catalog'
import { createKernel } from '@prove/core'
import { program, proveFace, standardPlugins } from '../../cli/dist/for-docs.js'
import { commandLinePage } from './command-line-page.mjs'
import { decisionsPage } from './decisions-page.mjs'
import { functionPage, functionsPage } from './function-pages.mjs'
import { schemasPage } from './schemas-page.mjs'

const docs = fileURLToPath(new URL('..', import.meta.url))

const kernel = createKernel(await standardPlugins())
const families = [
  { title: 'State functions', registry: kernel.functions },
  { title: 'Meta-states', registry: kernel.metas },
].map(({ title, registry }) => ({
  title,
  functions: registry.all.map((fn) => ({ fn, plugin: registry.pluginOf(fn.name) ?? '' })),
}))
const schemas = jsonSchemas(kernel)

const pages = {
  'functions/index.md': functionsPage(families),
  ...Object.fromEntries(
    families.flatMap(({ functions }) =>
      functions.map(({ fn, plugin }) => [`functions/${fn.name}.md`, functionPage(fn, plugin)]),
    ),
  ),
  'reference/cli.md': commandLinePage(program(() => {}, proveFace)),
  'reference/schemas.md': schemasPage(schemaNames),
  'decisions/index.md': decisionsPage(join(docs, 'decisions')),
  ...Object.fromEntries(
    schemaNames.map((name) => [`public/schemas/${name}.json`, `${JSON.stringify(schemas[name], null, 2)}\n`]),
  ),
}

// What an earlier version made and this one does not must not stay.
for (const folder of ['functions', 'reference', 'public/schemas']) {
  rmSync(join(docs, folder), { recursive: true, force: true })
}
for (const [name, text] of Object.entries(pages)) {
  mkdirSync(dirname(join(docs, name)), { recursive: true })
  writeFileSync(join(docs, name), text)
}
