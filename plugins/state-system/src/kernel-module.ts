import { blocked, type Blocked, type Change, defineState, exec, type Step, z } from '@prove/core'
import { kernelModuleExamples } from './examples.js'
import { type Edit, keptFileDiffers, keptFileReads, keptFileSteps, type SeenKeptFile } from './kept-file.js'
import { withoutWords, withWords } from './kernel/listed-lines.js'
import { kernelModule as moduleRead, type ModuleAnswer } from './reads/kernel-module.js'

interface Given {
  readonly name: string
  readonly absent?: boolean | undefined
  readonly blacklisted?: boolean | undefined
}

interface Seen {
  readonly module: ModuleAnswer
  readonly now: SeenKeptFile['now']
  readonly held: SeenKeptFile['held']
  readonly bannedNow: SeenKeptFile['now']
  readonly banned: SeenKeptFile['held']
}

interface Kept {
  readonly field: string
  readonly path: string
  readonly words: string
  readonly isWanted: boolean
  readonly seen: SeenKeptFile
}

const isUnwanted = ({ absent, blacklisted }: Given): boolean => absent === true || blacklisted === true

/** The two files that decide about it at boot, and what each is to have. */
const keptOf = (given: Given, { now, held, bannedNow, banned }: Seen): readonly [Kept, Kept] => {
  const { name } = given
  return [
    { field: 'boot', path: loadPath(given), words: name, isWanted: !isUnwanted(given), seen: { now, held } },
    {
      field: 'blacklisted',
      path: banPath(given),
      words: `blacklist ${name}`,
      isWanted: given.blacklisted === true,
      seen: { now: bannedNow, held: banned },
    },
  ]
}

const loadPath = ({ name }: Given): string => `/etc/modules-load.d/${name}.conf`
const banPath = ({ name }: Given): string => `/etc/modprobe.d/${name}.conf`

const editOf =
  ({ words, isWanted }: Kept): Edit =>
  (text) =>
    isWanted ? withWords(text, words) : withoutWords(text, words)

const loadedChange = (given: Given, module: ModuleAnswer): readonly Change[] | Blocked => {
  const isWanted = !isUnwanted(given)
  if (module === 'builtin' && !isWanted) return blocked(`the kernel has "${given.name}" built in`)
  const isLoaded = module !== 'absent'
  return isLoaded === isWanted ? [] : [{ field: 'loaded', from: isLoaded, to: isWanted }]
}

/** Keep a module of the kernel loaded, or out. */
export const kernelModule = defineState({
  name: 'kernel.module',
  about: 'Keep a module of the kernel loaded, now and at every boot; or absent, or blacklisted.',
  details: `What is loaded at boot stands in \`/etc/modules-load.d/NAME.conf\`, and what is blacklisted in \`/etc/modprobe.d/NAME.conf\`;
other lines of these files stay as they are. A blacklisted module is not loaded by its alias, as for a device; somebody may still
load it by its name.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^\w[\w-]*$/, 'expected the name of a module')
      .meta({ description: 'The module.' }),
    absent: z.boolean().optional().meta({ description: 'Unload it, and do not load it at boot.' }),
    blacklisted: z.boolean().optional().meta({ description: 'Unload it, and keep it from being loaded by an alias.' }),
  },
  examples: kernelModuleExamples,

  reads: (given) => {
    const { now: bannedNow, held: banned } = keptFileReads(banPath(given))
    return { module: moduleRead(given.name), ...keptFileReads(loadPath(given)), bannedNow, banned }
  },

  check: (given, seen) => {
    const changes: Change[] = []
    for (const kept of keptOf(given, seen)) {
      const differs = keptFileDiffers(kept.path, kept.seen, editOf(kept))
      if (typeof differs !== 'boolean') return differs
      if (differs) changes.push({ field: kept.field, from: !kept.isWanted, to: kept.isWanted })
    }
    const loaded = loadedChange(given, seen.module)
    return 'blocked' in loaded ? loaded : [...loaded, ...changes]
  },

  apply: (given, seen, changes) => {
    const load: readonly Step[] = changes.some(({ field }) => field === 'loaded')
      ? [exec({ command: isUnwanted(given) ? ['modprobe', '-r', given.name] : ['modprobe', given.name] })]
      : []
    return [...keptOf(given, seen).flatMap((kept) => keptFileSteps(kept.path, kept.seen, editOf(kept))), ...load]
  },
})
