import { definePlugin } from '@prove/core'
import { acmeLoader } from './acme-loader.js'

export { acmeLoader }

export default definePlugin({ name: 'prove-loader-acme', core: '^0.1.0', loaders: [acmeLoader] })
