import { dirname } from 'node:path/posix'
import {
  type Args,
  blocked,
  type Blocked,
  type BlobArgument,
  type Change,
  defineState,
  isBlocked,
  makeBlob,
  source,
  text,
  z,
} from '@prove/core'
import {
  modeArgument,
  ownershipArguments,
  unwritable,
  type SeenWholeFile,
  type WholeFile,
  wholeFileChanges,
  wholeFileReads,
  wholeFileSteps,
} from '@prove/core/files'
import { fileName } from './configuration.js'
import { siteExamples } from './examples.js'
import { isDescribed, serverArguments, serverBlocks } from './server-block.js'
import { type Layout, layoutOf, pathsOf, type SeenSite, siteReads } from './site-layout.js'

const siteArguments = {
  name: fileName('The name of its file.'),
  content: text('The text of the site, in place of the arguments that describe one.').optional(),
  source: source('A file of the catalog that holds the text.').optional(),
  ...serverArguments,
  enabled: z.boolean().default(true).meta({ description: 'Whether nginx serves it.' }),
  absent: z.boolean().optional().meta({ description: 'Keep nothing of it.' }),
  ...ownershipArguments,
  ...modeArgument,
  secret: z.boolean().optional().meta({ description: 'Never show the text, in a diff or elsewhere.' }),
}

type SiteArguments = Args<typeof siteArguments>

/** What its file is to hold; undefined where that is left as it is. */
const textOf = (given: SiteArguments): BlobArgument | undefined =>
  given.content ?? given.source ?? (isDescribed(given) ? makeBlob(serverBlocks(given.name, given)) : undefined)

const layoutOfSite = (given: SiteArguments, seen: Partial<SeenSite>): Layout | undefined =>
  isSeen(seen)
    ? layoutOf(
        pathsOf(given.name),
        { enabled: given.enabled && given.absent !== true, text: textOf(given) !== undefined },
        seen,
      )
    : undefined

const isSeen = (seen: Partial<SeenSite>): seen is SeenSite => seen.sites !== undefined && seen.link !== undefined

const fileOf = (given: SiteArguments, { path, confirm }: Layout): WholeFile => {
  const { owner, group, mode, secret } = given
  return { path, owner, group, mode, secret, confirm, blob: textOf(given) }
}

type Seen = SeenSite & Omit<SeenWholeFile, 'now'>

/** What is to be made of its file; nothing where no file is wanted. */
const fileChanges = (given: SiteArguments, layout: Layout, seen: Seen): readonly Change[] | Blocked => {
  if (layout.now.type !== 'absent' || textOf(given) !== undefined) {
    return wholeFileChanges(fileOf(given, layout), { ...seen, now: layout.now })
  }
  // What is there goes by its other name.
  if (!given.enabled || layout.after.some(({ kind }) => kind === 'exec')) return []
  return blocked(`there is no site "${given.name}", and nothing says what it is to be`)
}

/** Keep a site of nginx. */
export const site = defineState({
  name: 'nginx.site',
  about: 'Keep a site of nginx: its text, and whether it is served.',
  details: `Every change is tried with \`nginx -t\` once it is in place, and taken back where that fails: the error says what nginx says,
with file and line. Nothing is reloaded; \`notify\` a state that does it.

The text is \`content\`, \`source\`, or made of \`server_name\`, \`listen_on\`, \`root\`, \`index\`, \`proxy_pass\`, \`certificate\`, \`key\` and
\`extra\`. Without any of those the text stays as it is, and only \`enabled\` or \`absent\` is kept.

Where there is \`/etc/nginx/sites-available\`, as on Debian, the text goes there and a link in \`sites-enabled\` enables it. Elsewhere it is
\`/etc/nginx/conf.d/NAME.conf\`, and \`NAME.conf.disabled\` while it is not enabled.`,
  main: 'name',
  args: siteArguments,
  examples: siteExamples,

  // Which of them it is, its target tells.
  owns: ({ name }) => {
    const { available, file } = pathsOf(name)
    return [available, file]
  },

  conflict: (given) => {
    const ways = ['content', 'source'].filter((way) => given[way as 'content' | 'source'] !== undefined)
    if (isDescribed(given)) ways.push('arguments that describe the site')
    if (given.absent === true)
      return ways.length === 0 ? undefined : `"absent" and ${ways.join(', ')} exclude each other`
    if (ways.length > 1) return `${ways.join(' and ')} exclude each other`
    if (given.root !== undefined && given.proxy_pass !== undefined) return '"root" and "proxy_pass" exclude each other'
    return given.certificate !== undefined && given.key === undefined ? '"certificate" needs "key"' : undefined
  },

  reads: (given, seen: Partial<Seen>) => {
    const layout = layoutOfSite(given, seen)
    const wanted = layout === undefined || given.absent === true ? undefined : fileOf(given, layout)
    const { now: _now, ...more } =
      wanted === undefined || layout === undefined ? {} : wholeFileReads(wanted, { now: layout.now })
    return { ...siteReads(pathsOf(given.name)), ...more }
  },

  check: (given, seen) => {
    const layout = layoutOfSite(given, seen)
    if (layout === undefined) {
      return given.absent === true ? [] : blocked('there is no nginx: /etc/nginx has no sites-available and no conf.d')
    }
    if (given.absent === true) return absentChanges(layout)
    if (layout.obstacle !== undefined) return blocked(layout.obstacle)
    const changes = fileChanges(given, layout, seen)
    if (isBlocked(changes)) return changes
    const isSwitched = layout.before.length + layout.after.length > 0
    return isSwitched ? [...changes, { field: 'enabled', from: layout.enabled, to: given.enabled }] : changes
  },

  apply: (given, seen, changes) => {
    const layout = layoutOfSite(given, seen)
    if (layout === undefined) return []
    if (given.absent === true) return layout.remains
    const isOfFile = changes.some(({ field }) => field !== 'enabled')
    const steps = isOfFile ? wholeFileSteps(fileOf(given, layout), { ...seen, now: layout.now }) : []
    return [...layout.before, ...steps, ...layout.after]
  },
})

const absentChanges = ({ remains, now, path, enabled, obstacle }: Layout): readonly Change[] | Blocked => {
  if (remains.length === 0) return []
  // What is in place of the link, or whether that may go.
  if (obstacle !== undefined) return blocked(obstacle)
  if (!now.writable && remains.some((each) => dirname(each.path) === dirname(path))) return unwritable(path)
  return [
    ...(enabled === null || !enabled ? [] : [{ field: 'enabled', from: true, to: false }]),
    { field: 'type', from: 'file', to: 'absent' },
  ]
}
