import { definePlugin } from '@prove/core'
import { nunjucksLoader } from './nunjucks-loader.js'
import { nunjucksRenderer } from './nunjucks-renderer.js'

export { nunjucksLoader, nunjucksRenderer }

/** The plugin that renders `.yml` and `.yaml` files before they are read, and sources that end with `.njk`. */
export default definePlugin({
  name: 'loader-nunjucks',
  core: '^0.1.0',
  loaders: [nunjucksLoader],
  renderers: [nunjucksRenderer],
})
