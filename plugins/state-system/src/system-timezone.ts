import { blocked, type Change, defineState, entry, type FileLinkStep, type Step, z } from '@prove/core'
import { unwritable } from '@prove/core/files'
import { timezoneExamples } from './examples.js'
import { heldText, keptFileDiffers, keptFileReads, keptFileSteps, type SeenKeptFile } from './kept-file.js'

const link = '/etc/localtime'
const file = '/etc/timezone'
const zones = '/usr/share/zoneinfo'

/** The zone that a link leads to. */
const zoneOf = (target = ''): string | undefined => /^(?:\.\.|)\/usr\/share\/zoneinfo\/(.+)$/.exec(target)?.[1]

/** Kept where there is one; other systems have only the link. */
const nameDiffers = (name: string, seen: SeenKeptFile): ReturnType<typeof keptFileDiffers> =>
  seen.now.type === 'absent' || heldText(seen.held).text.trim() === name
    ? false
    : keptFileDiffers(file, seen, () => `${name}\n`)

/** Keep the time zone of the host. */
export const timezone = defineState({
  name: 'system.timezone',
  about: 'Keep the time zone of the host.',
  details: `\`/etc/localtime\` leads to the zone, and \`/etc/timezone\`, where there is one, has its name. Programs that run keep the
zone that they began with.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/, 'expected a name such as "Europe/Vienna"')
      .meta({ description: 'The zone, as in the database of time zones.' }),
  },
  examples: timezoneExamples,

  reads: ({ name }) => ({ zone: entry(`${zones}/${name}`), link: entry(link), ...keptFileReads(file) }),

  check: ({ name }, seen) => {
    const { zone, link: at } = seen
    if (!zone.exists || zone.type === 'directory') {
      return blocked(`this host knows no time zone "${name}": is the package tzdata installed?`)
    }
    if (at.type === 'directory') return blocked(`"${link}" is a directory`)
    const differs = nameDiffers(name, seen)
    if (typeof differs !== 'boolean') return differs
    const changes: Change[] = []
    if (zoneOf(at.target) !== name) {
      if (!at.writable) return unwritable(link)
      changes.push({
        field: link,
        from: zoneOf(at.target) ?? at.target ?? (at.type === 'absent' ? null : at.type),
        to: name,
      })
    }
    if (differs) changes.push({ field: file, from: heldText(seen.held).text.trim(), to: name })
    return changes
  },

  apply: ({ name }, seen, changes) => {
    const step: FileLinkStep = { kind: 'file.link', path: link, target: `${zones}/${name}` }
    const isLinked: readonly Step[] = changes.some(({ field }) => field === link) ? [step] : []
    const isNamed = changes.some(({ field }) => field === file)
    return [...isLinked, ...(isNamed ? keptFileSteps(file, seen, () => `${name}\n`) : [])]
  },
})
