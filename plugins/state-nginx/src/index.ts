import { definePlugin } from '@prove/core'
import { module } from './module.js'
import { linkKind } from './reads/link.js'
import { site } from './site.js'
import { snippet } from './snippet.js'

export { module, site, snippet }

export default definePlugin({ name: 'state-nginx', core: '^0.1.0', states: [site, snippet, module], reads: [linkKind] })
