import {
  blocked,
  type Blocked,
  type Change,
  defineState,
  type EditableAnswer,
  entry,
  exec,
  type FileAnswer,
  type Read,
  type Step,
  z,
} from '@prove/core'
import { bare, joined, linesOf } from '@prove/core/files'
import { localeExamples } from './examples.js'
import { type Edit, heldText, keptFileDiffers, keptFileReads, keptFileSteps, type SeenKeptFile } from './kept-file.js'
import { locale as localeRead, type LocaleAnswer } from './reads/locale.js'

const list = '/etc/locale.gen'
/** Debian's, and that of systemd; where both are, the first is a link to the second. */
const defaults = ['/etc/default/locale', '/etc/locale.conf'] as const

interface Given {
  readonly name: string
  readonly default?: boolean | undefined
}

interface Seen {
  readonly locale: LocaleAnswer
  readonly listed?: FileAnswer | undefined
  readonly list?: EditableAnswer | undefined
  readonly debian?: FileAnswer | undefined
  readonly updater?: FileAnswer | undefined
  readonly now?: FileAnswer | undefined
  readonly held?: EditableAnswer | undefined
}

const isBuiltIn = (name: string): boolean => /^(?:C|POSIX)(?:\.|$)/.test(name)

/** The list with this line, in place of the comment that Debian has of it. */
const withListed =
  (line: string): Edit =>
  (text) => {
    const lines = linesOf(text)
    const wordsOf = (each: string): string => bare(each).trim().split(/\s+/).join(' ')
    if (lines.some((each) => wordsOf(each) === line)) return text
    const at = lines.findIndex((each) => wordsOf(each).replace(/^# ?/, '') === line)
    return at < 0
      ? joined([...lines, `${line}\n`])
      : joined([...lines.slice(0, at), `${line}\n`, ...lines.slice(at + 1)])
  }

const langPattern = /^\s*(?:export\s+)?LANG=(["']?)(.*)\1\s*$/

const langIn = (text: string): string | undefined =>
  linesOf(text)
    .map((line) => langPattern.exec(bare(line))?.[2])
    .findLast((found) => found !== undefined)

const withLang =
  (name: string): Edit =>
  (text) => {
    if (langIn(text) === name) return text
    const lines = linesOf(text)
    const at = lines.findLastIndex((line) => langPattern.test(bare(line)))
    return at < 0
      ? joined([...lines, `LANG=${name}\n`])
      : joined([...lines.slice(0, at), `LANG=${name}\n`, ...lines.slice(at + 1)])
  }

const defaultPath = ({ debian, updater }: Seen): string => {
  const isDebian = debian?.type !== 'link' && (debian?.exists === true || updater?.exists === true)
  return isDebian ? defaults[0] : defaults[1]
}

const listSeen = ({ listed, list: held }: Seen): SeenKeptFile | undefined =>
  listed === undefined || held === undefined ? undefined : { now: listed, held }

const defaultSeen = ({ now, held }: Seen): SeenKeptFile | undefined =>
  now === undefined || held === undefined ? undefined : { now, held }

/** Whether the list of what is to be made lacks it; only where a list decides. */
const listDiffers = ({ name }: Given, seen: Seen): boolean | Blocked => {
  const { line, tool } = seen.locale
  const held = listSeen(seen)
  if (isBuiltIn(name) || tool !== 'locale-gen' || line === undefined || held === undefined) return false
  return keptFileDiffers(list, held, withListed(line))
}

/** The words of localedef: of `de_AT.UTF-8@variant` the language is an input, and the character set another. */
const localedef = (name: string): readonly string[] => {
  const [, place = '', set = 'UTF-8', variant = ''] = /^([^.@]*)(?:\.([^@]*))?(@.*)?$/.exec(name) ?? []
  return ['localedef', '-i', `${place}${variant}`, '-f', set, name]
}

/** Keep a language ready for programs. */
export const locale = defineState({
  name: 'system.locale',
  about: 'Keep a locale ready for programs, and make it the one of the host.',
  details: `Where the host has \`/etc/locale.gen\` its line is kept there, so that it is made again with every new version of the C
library, and \`locale-gen\` makes it; elsewhere \`localedef\` does. Locales that are there stay.

\`default\` keeps \`LANG\` in \`/etc/default/locale\`, or where the host has none, in \`/etc/locale.conf\`; logins from then on have
it.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^[A-Za-z]+(?:_[A-Za-z]+)?(?:\.[A-Za-z0-9-]+)?(?:@[a-z]+)?$/, 'expected a name such as "de_AT.UTF-8"')
      .meta({ description: 'The locale, as in `/usr/share/i18n/SUPPORTED`.' }),
    default: z.boolean().optional().meta({ description: 'Make it the language of the host.' }),
  },
  examples: localeExamples,

  reads: (
    given,
    seen: Partial<Seen>,
  ): {
    readonly locale: Read<LocaleAnswer>
    readonly listed?: Read<FileAnswer>
    readonly list?: Read<EditableAnswer>
    readonly debian?: Read<FileAnswer>
    readonly updater?: Read<FileAnswer>
    readonly now?: Read<FileAnswer>
    readonly held?: Read<EditableAnswer>
  } => {
    const { now: listed, held } = keptFileReads(list)
    const { debian, updater, locale: answer } = seen
    const isKnown = given.default === true && debian !== undefined && updater !== undefined && answer !== undefined
    return {
      locale: localeRead(given.name),
      ...(isBuiltIn(given.name) ? {} : { listed, list: held }),
      ...(given.default === true ? { debian: entry(defaults[0]), updater: entry('/usr/sbin/update-locale') } : {}),
      ...(isKnown ? keptFileReads(defaultPath({ ...seen, locale: answer })) : {}),
    }
  },

  check: (given, seen: Seen) => {
    const { name } = given
    const { isThere, line, tool } = seen.locale
    const changes: Change[] = []
    if (!isThere && !isBuiltIn(name)) {
      if (tool === undefined) return blocked('nothing on this host can make locales: is the package locales installed?')
      if (tool === 'locale-gen' && line === undefined) return blocked(`this host knows no locale "${name}"`)
    }
    const isListed = listDiffers(given, seen)
    if (typeof isListed !== 'boolean') return isListed
    if (isListed) changes.push({ field: list, from: null, to: line })
    if (!isThere && !isBuiltIn(name)) changes.push({ field: 'locale', from: null, to: name })
    const held = defaultSeen(seen)
    if (held === undefined) return changes
    const path = defaultPath(seen)
    const differs = keptFileDiffers(path, held, withLang(name))
    if (typeof differs !== 'boolean') return differs
    return differs ? [...changes, { field: 'LANG', from: langIn(heldText(held.held).text) ?? null, to: name }] : changes
  },

  apply: (given, seen: Seen, changes) => {
    const { line = '', tool } = seen.locale
    const differs = new Set(changes.map(({ field }) => field))
    const steps: Step[] = []
    const listed = listSeen(seen)
    if (differs.has(list) && listed !== undefined)
      steps.push(...keptFileSteps(list, listed, withListed(line), { keepEmpty: true }))
    if (differs.has('locale')) {
      // Without the option locale-gen removes what somebody made by hand.
      steps.push(exec({ command: tool === 'locale-gen' ? ['locale-gen', '--keep-existing'] : localedef(given.name) }))
    }
    const held = defaultSeen(seen)
    if (differs.has('LANG') && held !== undefined)
      steps.push(...keptFileSteps(defaultPath(seen), held, withLang(given.name)))
    return steps
  },
})
