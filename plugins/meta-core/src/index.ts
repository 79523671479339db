import { definePlugin } from '@prove/core'
import { each } from './each.js'
import { group } from './group.js'
import { sequence } from './sequence.js'

export { each, group, sequence }

export default definePlugin({ name: 'meta-core', core: '^0.1.0', metas: [group, each, sequence] })
