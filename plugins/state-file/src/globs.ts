import { z } from '@prove/core'

const braces = /\{[^{},/]+(,[^{},/]+)*\}/
const brackets = /\[!?[^\]![/^][^\][/]*\]/

/** What patterns may be made of: anything else means one thing to one program and another to the next. */
const isPattern = (text: string): boolean => {
  const rest = text.replaceAll(new RegExp(`${brackets.source}|${braces.source}`, 'g'), '')
  return text !== '' && !/[\\\n\0[\]{}]|^!/.test(rest) && !/[\\\n\0]/.test(text) && !text.split('/').includes('..')
}

const pattern = z.string().refine(isPattern, 'expected a pattern of *, **, ?, [abc] and {a,b}, without ".."')

/** An argument of one pattern or several. */
export const patterns = (about: string): z.ZodOptional<z.ZodType<readonly string[], string | readonly string[]>> =>
  z
    .union([pattern, z.array(pattern)])
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .meta({ description: about })
    .optional()

/** How patterns match, in the words of every function that has them. */
export const patternsAbout = `A pattern without a slash matches names at any depth (\`*.bak\`), one with a slash paths from the top
(\`/cache\`, \`assets/**/*.map\`); what matches a directory means all that is in it. \`*\` stands for anything in a name, also a dot at its
beginning, \`**\` for any directories, \`?\` for one character, \`[abc]\` for one of these, \`[!abc]\` for any other, \`{a,b}\` for one of several
texts.`

const tokens = new RegExp(`${brackets.source}|${braces.source}|\\*+|\\?|[^]`, 'gu')

const literal = (text: string): string => text.replaceAll(/[.^$*+?()|\\[\]{}]/g, '\\$&')

const ofToken = (token: string): string => {
  if (token.startsWith('*')) return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.length > 2 && token.startsWith('[')) return token.startsWith('[!') ? `[^/${token.slice(2)}` : token
  if (token.length > 2 && token.startsWith('{')) return `(${token.slice(1, -1).split(',').map(ofName).join('|')})`
  return literal(token)
}

const ofName = (name: string): string => (name.match(tokens) ?? []).map(ofToken).join('')

/** The names of a path one after the other; `**` stands for any number of them, at the end for at least one. */
const ofNames = (names: readonly string[]): string =>
  names
    .map((name, i) => {
      const isLast = i === names.length - 1
      if (name === '**') return isLast ? '.+' : '(.*/)?'
      return `${ofName(name)}${isLast ? '' : '/'}`
    })
    .join('')

/**
 * The regular expression of a pattern, in the words that JavaScript and the `grep -E` of a target have in common: it matches a
 * path, or one below what the pattern matches.
 */
export const expressionOf = (glob: string): string => {
  const inner = glob.replace(/\/+$/, '')
  const names = inner.split('/').filter((name) => name !== '')
  return `^${inner.includes('/') ? '' : '(.*/)?'}${ofNames(names)}(/.*)?$`
}

/** Whether one of the patterns matches the path, or a directory above it. */
const matcher = (globs: readonly string[]): ((path: string) => boolean) => {
  const expressions = globs.map((glob) => new RegExp(expressionOf(glob), 'su'))
  return (path) => expressions.some((expression) => expression.test(path))
}

/** What of a tree is meant: all of it, or what `include` matches; never what `exclude` matches. */
export interface Selection {
  readonly isExcluded: (path: string) => boolean
  readonly isIncluded: (path: string) => boolean
}

export const selection = (include: readonly string[] | undefined, exclude: readonly string[] = []): Selection => ({
  isExcluded: matcher(exclude),
  isIncluded: include === undefined ? () => true : matcher(include),
})
