import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Zod's messages in forty languages are a third of its code, and read on every start. English stays inside; the others
 * are taken from the installed package when one is asked for.
 */
export const lazyLocales = {
  name: 'lazy-locales',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^zod\/v4\/locales\/.*\.cjs$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, ({ path }) => ({
      resolveDir: dirname(path),
      contents: readFileSync(path, 'utf8').replaceAll(
        /export \{ default as (?!en )(\w+) \} from "\.\/([\w-]+)\.js";/g,
        'export const $1 = () => require("zod/v4/locales/$2.cjs").default()',
      ),
    }))
  },
}
