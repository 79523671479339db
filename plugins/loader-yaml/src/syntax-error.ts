import { ProveError, type SourceText } from '@prove/core'
import { YAMLException } from 'js-yaml'

interface Wording {
  readonly reason: RegExp
  readonly message?: string
  readonly hint: string
}

const quoteTag = 'remove the tag, or put quotes around a text that starts with !'

const wordings: readonly Wording[] = [
  { reason: /^bad indentation/, hint: 'line up what belongs together, and put quotes around a text that holds ": "' },
  {
    reason: /^end of the stream or a document separator/,
    message: 'the text does not belong to what stands before it',
    hint: 'write "key: value", and start all keys of a map in the same column',
  },
  {
    reason: /within a flow collection|^missed comma/,
    message: 'a comma or a closing bracket is missing',
    hint: 'write a comma, ] or } here',
  },
  {
    reason: /within a (single|double) quoted/,
    message: 'a quote is not closed',
    hint: 'write the closing quote',
  },
  {
    reason: /^deficient indentation/,
    message: 'a bracket or a quote is not closed before this line',
    hint: 'close it, or indent this line deeper',
  },
  {
    reason: /^can not read a block mapping entry|^expected ':'/,
    message: 'a colon is missing after a key',
    hint: 'write "key: value"',
  },
  {
    reason: /^unknown escape/,
    message: 'unknown escape sequence',
    hint: 'write \\\\ for a backslash, or use single quotes',
  },
  { reason: /directive|YAML version/, message: 'the line with % is not well-formed', hint: 'remove the line' },
  { reason: /^cannot resolve a node/, message: 'the value does not fit its tag', hint: 'remove the tag' },
  { reason: /^unknown \w+ tag/, hint: quoteTag },
  { reason: /\btag\b/, message: 'the tag is not well-formed', hint: quoteTag },
  { reason: /^nesting exceeded/, message: 'lists and maps nest too deep', hint: 'write flatter values' },
  {
    reason: /^merge keys exceeded/,
    message: 'the merge keys bring in too many values',
    hint: 'write fewer <<, or split the file',
  },
  {
    reason: /^cannot merge|^abnormal merge/,
    message: 'only a map, or a short list of maps, can be merged',
    hint: 'give << an alias of a map',
  },
  { reason: /^duplicated mapping key/, message: 'a key is written twice', hint: 'remove one of the two' },
  {
    reason: /non-printable|null byte|valid JSON character/,
    message: 'the file holds a control character',
    hint: 'remove it, or write it as an escape in double quotes',
  },
]

/** Turns whatever js-yaml throws into an error with a place. */
export const toSyntaxError = (source: SourceText, thrown: unknown): ProveError => {
  if (thrown instanceof ProveError) return thrown
  if (!(thrown instanceof YAMLException)) return source.error('the file cannot be read as YAML', 0, undefined, thrown)
  const at = errorOffset(source, thrown)
  const tab = indentingTab(source, at)
  if (tab !== undefined) return source.error('a tab is used for indentation', tab, 'indent with spaces instead', thrown)
  const { message = thrown.reason, hint } = wordingOf(source, at, thrown.reason)
  return source.error(message, at, hint, thrown)
}

const wordingOf = (source: SourceText, at: number, reason: string): Partial<Wording> => {
  const reserved = /^[@`%\]},]/.exec(source.text.slice(at, at + 1))?.[0]
  if (reserved !== undefined && /^bad indentation|^end of the stream or/.test(reason)) {
    return { message: `a text cannot start with ${reserved}`, hint: 'put the text in quotes' }
  }
  return wordings.find((wording) => wording.reason.test(reason)) ?? {}
}

const errorOffset = (source: SourceText, { mark, reason }: YAMLException): number => {
  const offset = mark?.position ?? 0
  if (!reason.includes('a multiline key')) return Math.min(offset, source.text.trimEnd().length)
  // The key without a colon ends in a line above; js-yaml only notices in the next one.
  return source.text.slice(0, source.lineStart(source.place(offset).line - 1)).trimEnd().length
}

// A tab behind a dash counts too, where a map begins in the same line.
const indentingTab = (source: SourceText, offset: number): number | undefined => {
  const start = source.lineStart(source.place(offset).line - 1)
  const indentation = /^[ \t]*(?:-[ \t]+)*/.exec(source.text.slice(start))?.[0] ?? ''
  const tab = indentation.indexOf('\t')
  return tab < 0 || start + tab > offset ? undefined : start + tab
}
