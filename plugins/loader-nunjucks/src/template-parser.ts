import { ProveError } from '@prove/core'
import { type ListNode, type Node, nodes, Parser, type ValueNode } from './nunjucks.js'
import { wordsFor } from './syntax-error.js'
import { type DataRange, removeTagLines } from './tag-lines.js'
import type { TemplateText } from './template-text.js'
import { endOfFile, type PlacedToken, Tokens } from './tokens.js'

/** A text between tags, with the range of the template that it is. */
export interface DataNode extends ValueNode {
  readonly value: DataRange
}

interface OpenTag {
  readonly name: string
  readonly start: number
}

/** Reads a template; throws PRV_TEMPLATE_SYNTAX with the place. */
export const parseTemplate = (source: TemplateText): ListNode => {
  const tokens = new Tokens(source)
  const parser = new TemplateParser(tokens)
  try {
    const root = parser.parseAsRoot()
    removeTagLines(source.text, tokens.items)
    return root
  } catch (error) {
    throw parser.toKnown(error)
  }
}

/** Nunjucks' parser, with texts that know their range, left-associative operators, and errors that have a place. */
class TemplateParser extends Parser {
  readonly #open: OpenTag[] = []

  constructor(private readonly placed: Tokens) {
    super(placed)
  }

  override parseNodes(): Node[] {
    const parsed: Node[] = []
    for (;;) {
      const token = this.nextToken() as PlacedToken
      if (token.type === endOfFile) return parsed
      if (token.type === 'block-start') {
        const node = this.#statement(token)
        if (node === undefined) return parsed
        parsed.push(node)
      } else if (token.type === 'comment') {
        this.dropLeadingWhitespace = token.value.endsWith('-#}')
      } else {
        parsed.push(token.data === undefined ? this.#value(token) : this.#text(token, token.data))
      }
    }
  }

  #statement(token: PlacedToken): Node | undefined {
    this.dropLeadingWhitespace = false
    this.#open.push({ name: this.peekToken().value, start: token.start })
    const node = this.parseStatement()
    this.#open.pop()
    return node === null ? undefined : Object.assign(node, { lineno: token.lineno, colno: token.colno })
  }

  #value(token: PlacedToken): Node {
    this.#open.push({ name: '{{', start: token.start })
    const value = this.parseExpression()
    this.dropLeadingWhitespace = false
    this.advanceAfterVariableEnd()
    this.#open.pop()
    return new nodes.Output(token.lineno, token.colno, [value])
  }

  #text({ lineno, colno }: PlacedToken, data: DataRange): Node {
    const { text } = this.placed.source
    if (this.dropLeadingWhitespace) data.from += spaceBefore(text.slice(data.start, data.end))
    this.dropLeadingWhitespace = false
    if (/^\{[{%#]-/.test(text.slice(data.end, data.end + 3))) trimEnd(text, data)
    return new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, data)])
  }

  override parseRaw(name = 'raw'): Node {
    const opened = this.#open.at(-1)
    const { lineno, colno } = this.peekToken()
    this.advanceAfterBlockEnd()
    const start = this.placed.offset
    const { text } = this.placed.source
    const closing = closingTag(text, name, start)
    if (closing === undefined) throw this.#unclosed(opened)
    const data = { start, end: closing.index, from: start, to: closing.index }
    if (this.dropLeadingWhitespace) data.from += spaceBefore(text.slice(start, data.end))
    if (closing.tag.startsWith('{%-')) trimEnd(text, data)
    this.dropLeadingWhitespace = closing.tag.endsWith('-%}')
    this.placed.addRaw(data, closing.tag)
    return new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, data)])
  }

  // Nunjucks binds each operator closer than the one before it: a * b / c was a * (b / c), and a // b * c another thing.
  override parseAdd(): Node {
    return this.#operators({ '+': nodes.Add, '-': nodes.Sub }, () => this.parseMul())
  }

  override parseMul(): Node {
    const { Mul, Div, FloorDiv, Mod } = nodes
    return this.#operators({ '*': Mul, '/': Div, '//': FloorDiv, '%': Mod }, () => this.parsePow())
  }

  #operators(types: Readonly<Record<string, typeof nodes.Add>>, operand: () => Node): Node {
    let left = operand()
    for (;;) {
      const { type, value } = this.peekToken()
      const Type = type === 'operator' ? types[value] : undefined
      if (Type === undefined) return left
      this.nextToken()
      left = new Type(left.lineno, left.colno, left, operand())
    }
  }

  override error(reason: string, lineno?: number, colno?: number): Error {
    const { source, last } = this.placed
    const { start: lastStart, type } = last ?? { start: 0, type: endOfFile }
    const given = lineno === undefined || colno === undefined ? this.placed.opening : source.offsetOf({ lineno, colno })
    const misplaced = /^unknown block tag: (end\w+|else|elif|elseif|case|default)$/.exec(reason)?.[1]
    if (misplaced !== undefined) return this.#misplaced(misplaced, given)
    const tag = this.#open.at(-1)?.name ?? ''
    const { atFound } = wordsFor(reason, { text: '', tag })
    const start = atFound ? lastStart : given
    if (type === endOfFile && (start === lastStart || this.placed.isInTag)) return this.#unclosed(this.#open.at(-1))
    const found = { text: source.text.slice(start, this.placed.tokenAt(start)?.end ?? start), tag }
    const { message, hint } = wordsFor(reason, found)
    return source.error('PRV_TEMPLATE_SYNTAX', message, start, { hint: hint ?? this.#bracesHint(found) })
  }

  /** Nunjucks reads the end of `{{ {a: {b: 1}} }}` as the end of the tag. */
  #bracesHint({ text, tag }: { readonly text: string; readonly tag: string }): string | undefined {
    const isInside =
      tag === '{{' && text === '}}' && this.placed.source.text.slice(this.placed.opening + 2).includes('{')
    return isInside ? 'put a space between two closing brackets of a map' : undefined
  }

  #misplaced(name: string, at: number): ProveError {
    const around = this.#open.at(-2)
    const { source } = this.placed
    if (around === undefined) return source.error('PRV_TEMPLATE_SYNTAX', `"${name}" closes nothing`, at)
    const hint = `write {% ${endOf(around.name)} %} for the "${around.name}" of line ${source.place(around.start).line}`
    return source.error('PRV_TEMPLATE_SYNTAX', `"${name}" does not belong to "${around.name}"`, at, { hint })
  }

  #unclosed(tag: OpenTag | undefined): ProveError {
    const { source, isInTag, opening } = this.placed
    const opened = source.text.slice(opening, opening + 2)
    if (tag === undefined || tag.name === '{{' || isInTag) {
      const hint = `write ${opened === '{%' ? '%}' : '}}'} behind it`
      return source.error('PRV_TEMPLATE_SYNTAX', `this ${opened} is not closed`, opening, { hint })
    }
    const hint = `write {% ${endOf(tag.name)} %} where it ends`
    return source.error('PRV_TEMPLATE_SYNTAX', `this "${tag.name}" is not closed`, tag.start, { hint })
  }

  /** A known error out of anything that was thrown while parsing. */
  toKnown(error: unknown): ProveError {
    if (error instanceof ProveError) return error
    const { source, last, opening } = this.placed
    const { message, at } = this.#describe(error, last?.start ?? 0, this.#open.at(-1)?.start ?? opening)
    const hint = this.#open.at(-1)?.name === 'call' ? 'write {% call name() %}' : undefined
    return source.error('PRV_TEMPLATE_SYNTAX', message, at, { hint, cause: error })
  }

  #describe(error: unknown, last: number, opening: number): { message: string; at: number } {
    if (error instanceof RangeError) return { message: 'this expression nests too deep', at: opening }
    if (error instanceof SyntaxError) return { message: 'this is no regular expression', at: last }
    return { message: 'this tag is not well-formed', at: opening }
  }
}

const spaceBefore = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0

const trimEnd = (text: string, data: DataRange): void => {
  data.to = Math.max(data.from, data.start + text.slice(data.start, data.end).trimEnd().length)
}

const endOf = (name: string): string => {
  const special: Readonly<Record<string, string>> = { asyncEach: 'endeach', asyncAll: 'endall', ifAsync: 'endif' }
  return special[name] ?? `end${name}`
}

const closingTag = (text: string, name: string, start: number): { index: number; tag: string } | undefined => {
  const tags = new RegExp(`\\{%-?\\s*(end)?${name}\\s*-?%\\}`, 'g')
  tags.lastIndex = start
  let depth = 1
  for (let found = tags.exec(text); found !== null; found = tags.exec(text)) {
    depth += found[1] === undefined ? 1 : -1
    if (depth === 0) return { index: found.index, tag: found[0] }
  }
  return undefined
}
