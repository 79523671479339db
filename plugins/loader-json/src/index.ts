import { definePlugin } from '@prove/core'
import { jsonLoader } from './json-loader.js'

export { jsonLoader }

/** The plugin that lets Prove read `.json` files. */
export default definePlugin({ name: 'loader-json', core: '^0.1.0', loaders: [jsonLoader] })
