import { definePlugin } from '@prove/core'
import { folder } from './folder.js'

export { folder }

export default definePlugin({ name: 'prove-meta-acme', core: '^0.1.0', metas: [folder] })
