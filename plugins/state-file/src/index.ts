import { definePlugin, type ReadKind, type StepKind } from '@prove/core'
import { absent } from './absent.js'
import { block } from './block.js'
import { copy } from './copy.js'
import { directory } from './directory.js'
import { download } from './download.js'
import { extracted } from './extracted.js'
import { line } from './line.js'
import { link } from './link.js'
import { managed } from './managed.js'
import { digestKind } from './reads/digest.js'
import { listingKind } from './reads/listing.js'
import { programKind } from './reads/program.js'
import { fetcherKind, freshnessKind, webTextKind } from './reads/web.js'
import { replace } from './replace.js'
import { fileCopyKind } from './steps/copy.js'
import { fileDownloadKind } from './steps/download.js'
import { archiveExtractKind } from './steps/extract.js'
import { tree } from './tree.js'
import { env } from './values/env.js'
import { ini } from './values/ini.js'
import { json } from './values/json.js'
import { toml } from './values/toml.js'
import { yaml } from './values/yaml.js'
import { watched } from './watched.js'

export { absent, block, copy, directory, download, extracted, link, line, managed, replace, tree, watched }
export { env, ini, json, toml, yaml }

export default definePlugin({
  name: 'state-file',
  core: '^0.1.0',
  states: [
    managed,
    line,
    block,
    replace,
    ini,
    json,
    yaml,
    toml,
    env,
    directory,
    link,
    absent,
    tree,
    copy,
    download,
    watched,
    extracted,
  ],
  reads: [digestKind, fetcherKind, freshnessKind, listingKind, programKind, webTextKind] as readonly ReadKind[],
  steps: [archiveExtractKind, fileCopyKind, fileDownloadKind] as readonly StepKind[],
})
