import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where a package makes its plugin. */
const makesPlugin = /\/(plugins\/[\w-]+\/src\/index|core\/src\/core-plugin)\.ts$/

/** Of the same sources the same, whatever they are bundled into. */
const hashOf = (folder) => {
  const hash = createHash('sha256')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/(^|\/)testing\//.test(name))
    .toSorted()
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/**
 * Writes into each plugin what it was built from, so that a master can see whether an agent has the same: by
 * `build: 'VERSION HASH'` in its definition.
 */
export const pluginBuild = {
  name: 'plugin-build',
  setup({ onLoad }) {
    onLoad({ filter: makesPlugin }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const sources = dirname(path)
      const { version } = JSON.parse(readFileSync(join(sources, '../package.json'), 'utf8'))
      const build = `${version} ${hashOf(sources)}`
      const contents = text.replace('definePlugin({', `definePlugin({ build: ${JSON.stringify(build)},`)
      if (contents === text) throw new Error(`${relative(root, path)} defines no plugin in the usual way`)
      return { contents, loader: 'ts', resolveDir: sources }
    })
  },
}
