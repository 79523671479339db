import { definePlugin } from '@prove/core'
import { tsLoader } from './ts-loader.js'

export { tsLoader }

/** The plugin that lets Prove read `.ts`, `.mts`, `.js` and `.mjs` files. */
export default definePlugin({ name: 'loader-ts', core: '^0.1.0', loaders: [tsLoader] })
