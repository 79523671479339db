import { definePlugin, type ReadKind, type StepKind } from '@prove/core'
import { absent } from './absent.js'
import { copy } from './copy.js'
import { directory } from './directory.js'
import { download } from './download.js'
import { extracted } from './extracted.js'
import { link } from './link.js'
import { managed } from './managed.js'
import { digestKind } from './reads/digest.js'
import { listingKind } from './reads/listing.js'
import { programKind } from './reads/program.js'
import { fetcherKind, freshnessKind, webTextKind } from './reads/web.js'
import { fileCopyKind } from './steps/copy.js'
import { fileDownloadKind } from './steps/download.js'
import { archiveExtractKind } from './steps/extract.js'
import { tree } from './tree.js'

export { absent, copy, directory, download, extracted, link, managed, tree }

export default definePlugin({
  name: 'state-file',
  core: '^0.1.0',
  states: [absent, copy, directory, download, extracted, link, managed, tree],
  reads: [digestKind, fetcherKind, freshnessKind, listingKind, programKind, webTextKind] as readonly ReadKind[],
  steps: [archiveExtractKind, fileCopyKind, fileDownloadKind] as readonly StepKind[],
})
