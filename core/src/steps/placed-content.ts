import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Facts } from '../contracts/facts.js'
import type { Given } from '../contracts/read.js'
import type { Touches } from '../contracts/step.js'
import { type FileFields, givesFile } from '../reads/file-prediction.js'
import { quote, quoteAll } from '../wire/quote.js'
import { type Attributes, newDirectoryMode, newFileMode, ownerWord } from './attributes.js'
import { type CommandLine, runWords } from './command-line.js'

/** Content that comes to its place, or makes a new file, in one rename. */
export interface PlacedContent extends Attributes {
  readonly path: string
  /** True when nothing is there yet: such files are made together. */
  readonly fresh?: boolean | undefined
  /** Directories above it that are missing and are to be made; from the top down. */
  readonly parents?: readonly string[] | undefined
  readonly replaceLink?: boolean | undefined
  /** A path to keep the old content at. */
  readonly backup?: string | undefined
  /** A command that sees the new content; `%s` stands for its path. */
  readonly validate?: Pick<CommandLine, 'command'> | undefined
  /** A command that must succeed when the content is in place; where it fails, what was there before is put back. */
  readonly confirm?: Pick<CommandLine, 'command'> | undefined
  /** The hash of what the new content was made from: where the file holds something else by now, it is left alone. */
  readonly replaces?: string | undefined
}

/** Where the new content stands until it is renamed: the same name each time, so that a later run finds it. */
export const temporaryOf = (path: string): string => {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12)
  return posix.join(posix.dirname(path), `.prove-${hash}`)
}

/** A word that is empty for no. */
export const flag = (value: boolean | readonly string[] | undefined): string =>
  value === true || (Array.isArray(value) && value.length > 0) ? 'yes' : ''

/** Seconds that the command of `validate` may take, and that of `confirm`. */
const validateSeconds = 60

/** What runs the command of `confirm`; empty where there is none. */
export const confirmText = (confirm: Pick<CommandLine, 'command'> | undefined): string =>
  confirm === undefined ? '' : runWords(confirm, validateSeconds)

/** Where what was there before stands until the command has confirmed what took its place. */
export const setAside = (path: string, confirm: PlacedContent['confirm']): readonly string[] =>
  confirm === undefined ? [] : [`${temporaryOf(path)}.old`]

const validateText = (validate: Pick<CommandLine, 'command'> | undefined, temporary: string): string => {
  if (validate === undefined) return ''
  const { command } = validate
  const line =
    typeof command === 'string'
      ? command.replaceAll('%s', () => quote(temporary))
      : command.map((word) => word.replaceAll('%s', () => temporary))
  return runWords({ command: line }, validateSeconds)
}

/** Who owns a new entry, unless another is declared: the user of the session. */
export const newcomer = ({ user, group }: Facts): { owner: string; group: string } => ({ owner: user, group })

/** Directories that a step makes above its path. */
export const madeParents = (parents: readonly string[] | undefined, facts: Facts): readonly Given[] =>
  (parents ?? []).map((path) => givesFile(path, { type: 'directory', mode: newDirectoryMode, ...newcomer(facts) }))

/** What a step leaves of the attributes it was given. */
export const leaves = ({ owner, group, mode }: Attributes): { owner?: string; group?: string; mode?: string } => ({
  ...(owner === undefined ? {} : { owner }),
  ...(group === undefined ? {} : { group }),
  ...(mode === undefined ? {} : { mode }),
})

/** What is known of every step that places content, wherever the content comes from. */
export const placing = {
  mayRefuse: ({ validate, confirm }: PlacedContent): boolean => validate !== undefined || confirm !== undefined,
  touches: ({ path, backup }: PlacedContent): Touches => ({ paths: backup === undefined ? [path] : [path, backup] }),
  gives: (step: PlacedContent, content: Omit<FileFields, 'type'>, facts: Facts): readonly Given[] => {
    const { path, fresh, backup, parents } = step
    const written = givesFile(path, {
      type: 'file',
      names: 1,
      ...content,
      ...(fresh === true || step.replaceLink === true ? { mode: newFileMode, ...newcomer(facts) } : {}),
      ...leaves(step),
    })
    const kept = backup === undefined ? [] : [givesFile(backup, { type: 'file' })]
    return [...madeParents(parents, facts), written, ...kept]
  },
  leftovers: ({ path, fresh, confirm }: PlacedContent): readonly string[] => [
    temporaryOf(path),
    ...(fresh === true ? [] : setAside(path, confirm)),
  ],
  /** `content`: what the library makes the content of, and the size and hash that it must then have. */
  command: (step: PlacedContent, content: readonly [origin: string, size: string, sha256: string]): string => {
    const { path, mode = '', replaceLink, parents, backup = '', validate, confirm, replaces = '' } = step
    const temporary = temporaryOf(path)
    return `file_write ${quoteAll([
      path,
      temporary,
      ...content,
      ownerWord(step),
      mode,
      newFileMode,
      flag(replaceLink),
      flag(parents),
      backup,
      validateText(validate, temporary),
      replaces,
      confirmText(confirm),
    ])}`
  },
}
