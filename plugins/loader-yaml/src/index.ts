import { definePlugin } from '@prove/core'
import { yamlLoader } from './yaml-loader.js'

export { yamlLoader }

/** The plugin that lets Prove read `.yml` and `.yaml` files. */
export default definePlugin({ name: 'loader-yaml', core: '^0.1.0', loaders: [yamlLoader] })
