import { definePlugin, type ReadKind, type StepKind } from '@prove/core'
import { absent } from './absent.js'
import { copy } from './copy.js'
import { directory } from './directory.js'
import { link } from './link.js'
import { managed } from './managed.js'
import { listingKind } from './reads/listing.js'
import { fileCopyKind } from './steps/copy.js'
import { tree } from './tree.js'

export { absent, copy, directory, link, managed, tree }

export default definePlugin({
  name: 'state-file',
  core: '^0.1.0',
  states: [absent, copy, directory, link, managed, tree],
  reads: [listingKind] as readonly ReadKind[],
  steps: [fileCopyKind] as readonly StepKind[],
})
