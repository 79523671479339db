import { blocked, type Change, defineState, isBlocked, makeBlob, type Read, source, text, z } from '@prove/core'
import {
  modeArgument,
  secretArgument,
  type SeenWholeFile,
  wholeFileChanges,
  wholeFileReads,
  wholeFileSteps,
} from '@prove/core/files'
import { control } from './control.js'
import { isAbsent } from './obstacles.js'
import type { ServiceAnswer } from './reads/service-answer.js'
import { service } from './reads/service.js'
import { checkCommand } from './unit-check.js'
import { unitExamples } from './unit-examples.js'
import { dropInName, isTemplate, unitFolder, unitName, unitPattern } from './unit-name.js'
import { unitSections, unitText } from './unit-text.js'

const args = {
  name: unitName('The unit with its suffix, such as "app.service" or the template "worker@.service".'),
  drop_in: dropInName('Keep this drop-in of the unit, and not the unit itself.').optional(),
  content: text('What it holds.').optional(),
  source: source('A file of the catalog that holds the content.').optional(),
  sections: unitSections
    .optional()
    .meta({ description: 'What it holds, as sections with their settings; a list sets one several times.' }),
  absent: z.literal(true).optional().meta({ description: 'Keep it away instead.' }),
  verify: z.boolean().default(true).meta({ description: 'Refuse what systemd-analyze finds mistakes in.' }),
  ...modeArgument,
  ...secretArgument,
}

type UnitArguments = z.output<z.ZodObject<typeof args>>

const pathOf = ({ name, drop_in: dropIn }: UnitArguments): string =>
  dropIn === undefined ? `${unitFolder}/${name}` : `${unitFolder}/${name}.d/${dropIn}`

const wholeFileOf = (given: UnitArguments) => {
  const { name, drop_in: dropIn, content, source: named, sections, mode, secret, verify } = given
  return {
    path: pathOf(given),
    blob: content ?? named ?? (sections === undefined ? undefined : makeBlob(unitText(sections))),
    mode,
    secret,
    create_parents: true,
    ...(verify ? { validate: checkCommand(name, dropIn, secret === true) } : {}),
  }
}

type SeenUnit = SeenWholeFile & { readonly unit?: ServiceAnswer | undefined }

/** Systemd has something else in mind than what is on disk. */
const isUnread = (given: UnitArguments, { now, unit }: SeenUnit): boolean => {
  if (unit === undefined) return false
  if (isAbsent(unit)) return now.type === 'file' && given.drop_in === undefined
  return unit.stale || (given.drop_in === undefined && now.type === 'file' && unit.path !== pathOf(given))
}

/** Keep a unit of systemd, or a drop-in of one. */
export const unit = defineState({
  name: 'systemd.unit',
  about: 'Keep a unit of systemd, or a drop-in of one, and have it loaded.',
  details: `It lies in \`/etc/systemd/system\`. New content must pass \`systemd-analyze verify\`, under its final name, before it takes the place of
the old one: what is said there of other units is left out. Where the host has no \`systemd-analyze\` nothing is checked.

Systemd loads its units anew only where it does not know this one as it is on disk. Nothing is started or enabled by that:
let it notify a \`service.running\`, which then restarts the service with the new unit.

A unit that runs cannot be removed; \`service.stopped\` before this stops it. One that is enabled is disabled first.`,
  main: 'name',
  args,
  examples: unitExamples,

  owns: pathOf,
  conflict: ({ content, source: named, sections, absent }) => {
    const given = [content, named, sections].filter((each) => each !== undefined).length
    if (absent === true) return given === 0 ? undefined : '"absent" excludes "content", "source" and "sections"'
    return given === 1 ? undefined : 'one of "content", "source" and "sections" must be given'
  },

  reads: (
    given,
    seen: Partial<SeenWholeFile>,
  ): ReturnType<typeof wholeFileReads> & { readonly unit?: Read<ServiceAnswer> } => ({
    ...wholeFileReads(wholeFileOf(given), seen),
    // A template is no unit that could be asked for.
    ...(isTemplate(given.name) ? {} : { unit: service(given.name.replace(/\.service$/, '')) }),
  }),

  check: (given, seen) => {
    const { unit: known, now } = seen
    if (known !== undefined && known.init !== 'systemd') return blocked('systemd does not run on this host')
    if (now.type === 'link' && now.target === '/dev/null') {
      return blocked(`"${given.name}" is masked; service.unmasked before this would lift that`)
    }
    const loaded: readonly Change[] = isUnread(given, seen) ? [{ field: 'loaded', from: false, to: true }] : []
    if (given.absent === true) {
      if (now.type === 'absent') return loaded
      if (now.type !== 'file') return blocked(`"${pathOf(given)}" is no regular file`)
      if (given.drop_in === undefined && known !== undefined && !isAbsent(known) && known.activity === 'running') {
        return blocked(`"${given.name}" is running; service.stopped before this would stop it`)
      }
      return [{ field: 'type', from: 'file', to: 'absent' }]
    }
    const changes = wholeFileChanges(wholeFileOf(given), seen)
    return isBlocked(changes) || changes.length > 0 ? changes : loaded
  },

  apply: (given, seen, changes) => {
    const isMain = given.drop_in === undefined
    const load = { kind: 'systemd.load', unit: unitPattern(given.name), path: pathOf(given) } as const
    const fields = new Set(changes.map(({ field }) => field))
    if (fields.has('loaded')) return [load]
    if (given.absent === true) {
      const { unit: known } = seen
      const isEnabled = isMain && known !== undefined && !isAbsent(known) && known.atBoot === 'enabled'
      const remove = { kind: 'file.remove', path: pathOf(given) } as const
      return [...(isEnabled ? control('disable', known) : []), remove, load]
    }
    const steps = wholeFileSteps(wholeFileOf(given), seen)
    return fields.has('type') || fields.has('content') ? [...steps, load] : steps
  },
})
