import {
  blocked,
  type Change,
  defineState,
  entry,
  exec,
  type FileAnswer,
  type FileDirectoryStep,
  path,
  type Read,
  type Step,
  z,
} from '@prove/core'
import { missingParents, obstacleTo } from '@prove/core/files'
import { mountedExamples } from './examples.js'
import { heldText, keptFileDiffers, type KeptFileReads, keptFileReads, keptFileSteps, shownFrom } from './kept-file.js'
import { type FstabLine, linesFor, withLine, writtenLine } from './mount/fstab.js'
import { fstab, loadsFstab, type SeenFstab } from './mount/loads-fstab.js'
import { fixedOptions, isMountedAs, missingOptions } from './mount/mounted-as.js'
import { type Mount, type MountAnswer, mounts } from './reads/mounts.js'

const option = z
  .string()
  .regex(/^[^\s,]+$/, 'expected options without blanks')
  .refine(
    (text) => !/^pass(?:word)?=/.test(text),
    'a password would stand in /etc/fstab for all to read: name a file of credentials',
  )

const options = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .pipe(z.array(option).min(1))

interface Given {
  readonly path: string
  readonly device: string
  readonly fstype: string
  readonly options?: readonly string[] | undefined
  readonly dump?: number | undefined
  readonly pass?: number | undefined
  readonly temporary?: boolean | undefined
  readonly create?: boolean | undefined
}

interface Seen extends SeenFstab {
  readonly at: FileAnswer
  readonly mounted: MountAnswer
}

const optionsOf = ({ options: given = ['defaults'] }: Given): readonly string[] => given

const lineOf = (given: Given): FstabLine => ({
  device: given.device,
  path: given.path,
  fstype: given.fstype,
  options: optionsOf(given).join(','),
  dump: given.dump ?? 0,
  pass: given.pass ?? 0,
})

const seenMount = ({ mounted }: Seen): Mount | undefined => mounted.here.at(-1)

const wantedOf = (given: Given): Given & { readonly options: readonly string[] } => ({
  ...given,
  options: optionsOf(given),
})

const isRight = (given: Given, seen: Seen): boolean => {
  const mount = seenMount(seen)
  return mount !== undefined && isMountedAs(wantedOf(given), mount, seen.mounted)
}

/** What /etc/fstab says differs from the options of the mount only where it was changed since. */
const optionsChange = (given: Given, seen: Seen): readonly Change[] => {
  const mount = seenMount(seen)
  if (mount === undefined || !isRight(given, seen)) return []
  const to = optionsOf(given).join(',')
  const [line] = given.temporary === true ? [] : linesFor(heldText(seen.held ?? { why: 'absent' }).text, given.path)
  const isChanged = line !== undefined && line.options !== to
  const missing = missingOptions(wantedOf(given), mount)
  if (missing.length === 0 && !isChanged) return []
  return [
    { field: 'options', from: isChanged ? line.options : [...mount.options, ...mount.fileSystemOptions].join(','), to },
  ]
}

const mountCommand = (given: Given, more: readonly string[] = []): Step =>
  exec({
    command: ['mount', '-t', given.fstype, '-o', [...more, ...optionsOf(given)].join(','), given.device, given.path],
  })

/** Keep a file system mounted, now and at every boot. */
export const mounted = defineState({
  name: 'mount.mounted',
  about: 'Keep a file system mounted, now and at every boot.',
  details: `The line of \`/etc/fstab\` is found by the path; of a line that is there only the words that differ are replaced, and every other
line stays byte for byte as it is. Where the options have changed it is mounted again with \`remount\`. What else is mounted at the
path is unmounted first, which fails while it is in use.

The kernel does not tell all options as they were given: compared with what is mounted are \`ro\`, \`nosuid\`, \`nodev\`,
\`noexec\`, \`noatime\` and the like, and sizes, modes and owners. Mode and owner of a file system that is mounted do not change: where
they differ it is an error, until somebody unmounts it. A password among the options is refused.`,
  main: 'path',
  args: {
    path: path('Where it is mounted.').refine(
      (name) => name !== '/',
      'the root file system is mounted by whatever boots the host',
    ),
    device: z
      .string()
      .regex(/^[^-\0][^\0]*$/, 'expected a device')
      .meta({
        description:
          'What is mounted: a device, UUID=…, LABEL=…, a directory to bind, a file, or the name of a file system without a device.',
      }),
    fstype: z
      .string()
      .regex(/^[\w.,-]+$/, 'expected the name of a file system')
      .default('auto')
      .meta({ description: 'The kind of file system: ext4, tmpfs, nfs; `none` with `bind`.' }),
    options: options
      .optional()
      .meta({ description: 'Options, as a list or with commas between; `defaults` unless given.' }),
    dump: z.int().min(0).max(9).optional().meta({ description: 'Fifth word of the line; 0 unless given.' }),
    pass: z
      .int()
      .min(0)
      .max(9)
      .optional()
      .meta({ description: 'Its place in the order of checks at boot; 0, no check, unless given.' }),
    create: z
      .boolean()
      .optional()
      .meta({ description: 'Make the directory, and those above it, where it does not exist.' }),
    temporary: z.boolean().optional().meta({ description: 'Only mount it now, and leave `/etc/fstab` as it is.' }),
  },
  examples: mountedExamples,

  edits: ({ temporary }) => (temporary === true ? undefined : fstab),

  reads: (given): Partial<KeptFileReads> & { readonly at: Read<FileAnswer>; readonly mounted: Read<MountAnswer> } => ({
    at: entry(given.path),
    mounted: mounts(given.path, given.device),
    ...(given.temporary === true ? {} : keptFileReads(fstab)),
  }),

  check: (given, seen) => {
    const changes: Change[] = []
    const { at } = seen
    if (at.type === 'link') return blocked(`"${given.path}" is a symbolic link to "${at.target}"`)
    if (at.type === 'absent') {
      if (given.create !== true) return blocked(`the directory "${given.path}" does not exist; create would make it`)
      const obstacle = obstacleTo(given.path, at, true)
      if (obstacle !== undefined) return obstacle
      changes.push({ field: 'directory', from: null, to: given.path })
    }
    const { now, held } = seen
    if (now !== undefined && held !== undefined) {
      const differs = keptFileDiffers(fstab, { now, held }, (text) => withLine(text, lineOf(given)))
      if (typeof differs !== 'boolean') return differs
      const { text, encoding } = heldText(held)
      const lines = linesFor(text, given.path).map(({ written }) => shownFrom(encoding, written))
      if (differs)
        changes.push({
          field: 'fstab',
          from: lines.length === 0 ? null : lines.join('; '),
          to: writtenLine(lineOf(given)),
        })
    }
    if (!isRight(given, seen)) {
      const { here, below } = seen.mounted
      if (here.length > 0 && below.length > 0)
        return blocked(`something else is mounted at "${given.path}", and something at "${below[0]}"`)
      changes.push({ field: 'mounted', from: here.at(-1)?.source ?? null, to: given.device })
    }
    const mount = seenMount(seen)
    const fixed = mount === undefined || !isRight(given, seen) ? [] : fixedOptions(wantedOf(given), mount)
    if (fixed.length > 0)
      return blocked(
        `"${given.path}" is mounted without ${fixed.join(',')}, which only a new mount has: unmount it first`,
      )
    return [...changes, ...optionsChange(given, seen)]
  },

  apply: (given, seen, changes) => {
    const differs = new Set(changes.map(({ field }) => field))
    const steps: Step[] = []
    const { at, now, held } = seen
    if (differs.has('directory')) {
      const step: FileDirectoryStep = {
        kind: 'file.directory',
        path: given.path,
        parents: missingParents(given.path, at),
      }
      steps.push(step)
    }
    const written: readonly Step[] =
      differs.has('fstab') && now !== undefined && held !== undefined
        ? [...keptFileSteps(fstab, { now, held }, (text) => withLine(text, lineOf(given))), loadsFstab]
        : []
    const mounting: Step[] = []
    if (differs.has('mounted')) {
      if (seenMount(seen) !== undefined) mounting.push(exec({ command: ['umount', given.path] }))
      mounting.push(mountCommand(given))
    }
    if (differs.has('options')) mounting.push(mountCommand(given, ['remount']))
    // A line that nothing can be mounted by keeps a host from booting: a new one comes last. But systemd undoes a mount for which
    // it still has another device by an earlier line: that one is written first.
    const isNew = held !== undefined && linesFor(heldText(held).text, given.path).length === 0
    return isNew ? [...steps, ...mounting, ...written] : [...steps, ...written, ...mounting]
  },
})
