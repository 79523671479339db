import { build } from 'esbuild'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The lab for programs that no test runner compiles: its class, and why there can be none here. */
export const loadLab = async () => {
  const here = (name) => fileURLToPath(new URL(name, import.meta.url))
  const outfile = here('../../node_modules/.cache/lab/lab.mjs')
  mkdirSync(join(outfile, '..'), { recursive: true })
  const common = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' }
  // Where it lies is where it looks for the parts that are no TypeScript.
  const define = { 'import.meta.url': JSON.stringify(new URL('lab.ts', import.meta.url).href) }
  await build({ ...common, define, entryPoints: [here('lab.ts')], outfile })
  return await import(outfile)
}
