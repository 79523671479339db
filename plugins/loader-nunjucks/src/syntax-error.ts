import { didYouMean } from '@prove/core'

/** What was found where something else was expected. */
export interface Found {
  /** As it stands in the template; empty at its end. */
  readonly text: string
  /** The tag it stands in: `if`, or `{{`. */
  readonly tag: string
}

interface Wording {
  readonly reason: RegExp
  readonly message: (found: Found, match: RegExpExecArray) => string
  readonly hint?: (found: Found, match: RegExpExecArray) => string | undefined
  /** Nunjucks names the start of the tag, but what was found is the place to look at. */
  readonly atFound?: true
}

/** The tags that Nunjucks knows. */
const tags = 'raw verbatim if for block extends include set macro call import from filter switch'.split(' ')

const instead: Readonly<Record<string, string>> = {
  do: 'write {% set ignored = … %}',
  with: 'write {% set … %}',
  macro: 'write {% macro name(argument) %}',
}

const expected =
  (what: string): Wording['message'] =>
  ({ text }) =>
    text === '' ? `expected ${what}` : `expected ${what}, found "${text}"`

const wordings: readonly Wording[] = [
  {
    reason: /^expected variable end/,
    message: expected('}}'),
    hint: ({ text }) => (text === '%}' ? 'write }} to close {{' : undefined),
    atFound: true,
  },
  {
    reason: /^expected block end in (\w*)/,
    message: expected('%}'),
    hint: ({ text, tag }) => {
      if (text === '=' && /^(?:el)?if$/.test(tag)) return 'write == to compare'
      return text === '}}' ? 'write %} to close {%' : undefined
    },
    atFound: true,
  },
  {
    reason: /^unknown block tag: (.*)/,
    message: (_found, [, name = '']) => `there is no tag "${name}"`,
    hint: (_found, [, name = '']) => instead[name] ?? didYouMean(name, tags) ?? `tags are ${tags.join(', ')}`,
  },
  { reason: /^tag name expected/, message: expected('the name of a tag'), atFound: true },
  {
    reason: /^parseFor: variable name/,
    message: () => 'a loop needs a name for its items',
    hint: () => 'write {% for item in list %}',
  },
  {
    reason: /^parseFor: expected "in"/,
    message: expected('"in"'),
    hint: () => 'write {% for item in list %}',
    atFound: true,
  },
  {
    reason: /^parseSet: expected =/,
    message: expected('= or %}'),
    hint: () => 'write {% set name = value %}',
    atFound: true,
  },
  { reason: /^parseAggregate: expected comma/, message: expected('a comma or a closing bracket'), atFound: true },
  { reason: /^parseAggregate: expected colon/, message: expected('":" behind a key'), atFound: true },
  { reason: /^parseSignature: expected comma/, message: expected('a comma or ")"'), atFound: true },
  {
    reason: /^expected name as lookup value, got/,
    message: () => 'a name must follow the dot',
    hint: () => 'write name[0] for the items of a list',
  },
  { reason: /^invalid index/, message: () => 'there must be one index between the brackets', atFound: true },
  {
    reason: /^expected arguments/,
    message: expected('"("'),
    hint: ({ tag }) => instead[tag],
    atFound: true,
  },
  { reason: /^parseBlock: variable name/, message: () => 'a block needs a name', hint: () => 'write {% block name %}' },
  {
    reason: /^parseImport: expected "as"/,
    message: expected('"as"'),
    hint: () => 'write {% import "file" as name %}',
    atFound: true,
  },
  {
    reason: /^parseFrom: (?:expected import|expected comma|Expected at least)/,
    message: expected('"import" and names'),
    hint: () => 'write {% from "file" import name %}',
    atFound: true,
  },
  {
    reason: /^parseFrom: names starting with an underscore/,
    message: () => 'names that start with an underscore cannot be imported',
    hint: () => 'rename it in its file',
  },
  { reason: /^parseFrom: expected context/, message: expected('"context"'), atFound: true },
  {
    reason: /^expected symbol, got/,
    message: expected('a name'),
    hint: ({ text }) => (text === '|' ? 'write "or"' : undefined),
  },
  {
    reason: /^unexpected token/,
    message: ({ text }) => {
      if (text === '') return 'a value is missing'
      return text === '}}' || text === '%}' ? `a value is missing before ${text}` : `unexpected "${text}"`
    },
  },
]

/** How Prove says what Nunjucks' parser found. */
export interface Said {
  readonly message: string
  readonly hint: string | undefined
  readonly atFound: boolean
}

/** Words for an error of Nunjucks' parser. */
export const wordsFor = (reason: string, found: Found): Said => {
  for (const { reason: pattern, message, hint, atFound = false } of wordings) {
    const match = pattern.exec(reason)
    if (match !== null) return { message: message(found, match), hint: hint?.(found, match), atFound }
  }
  return {
    message: found.text === '' ? 'the tag is not well-formed' : `unexpected "${found.text}"`,
    hint: undefined,
    atFound: true,
  }
}
