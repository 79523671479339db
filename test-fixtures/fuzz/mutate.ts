import fc from 'fast-check'

/** One change to one file of a catalog. */
export interface Mutation {
  readonly kind: 'cut' | 'double' | 'insert' | 'replace' | 'swap' | 'graft' | 'move' | 'drop'
  /** Which file, where in it, and how much: fractions of what there is. */
  readonly file: number
  readonly at: number
  readonly length: number
  readonly text: string
}

/** What mistakes and malice are made of. */
const fragments = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '{% if x %}',
  '{% endif %}',
  '{% for a in b %}',
  '{% endfor %}',
  '{{ nope }}',
  '{{ x | nope }}',
  '{% include "none" %}',
  '{% extends "base.njk" %}',
  '{% raw %}',
  '{{ facts.os }}',
  '{{ facts.nope }}',
  '{{ [].constructor }}',
  '{{ range(1e9) }}',
  '__proto__',
  'constructor',
  ':',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '\\',
  '&a',
  '*a',
  '<<',
  '!!js/function',
  '!x',
  '%',
  '@',
  '`',
  '|',
  '>',
  '#',
  '? ',
  '---',
  '...',
  '\0',
  '\uFEFF',
  '\uE000',
  '\u{1F600}',
  'null',
  'true',
  '~',
  '0',
  '-1',
  '1e999',
  '.nan',
  '0o17',
  'fn',
  'parts',
  'include',
  'requires',
  'after',
  'with',
  'as',
  'component',
  'file',
  'file.managed',
  'file.nope',
  'nope.nope',
  'path',
  'mode',
  'source',
  'prove://',
  'prove://../x',
  '/',
  '..',
  '*',
  'targets',
  'groups',
  'roles',
  'states',
  'variables',
  'executor',
  'web*',
  '/[/',
  'group:',
  'not',
  'and',
  '!late',
  '$late',
  'when',
  'retry',
  'defer',
  'notify',
  'lazy',
  'state',
  'members',
  'rescue',
  'over',
  'key',
  'meta.group',
  'meta.each',
  'meta.sequence',
  'outputs.',
  'facts.os',
  'file("/x").exists',
  '${',
  'if',
  'else',
] as const

/** Without bias: towards 0 it would mostly break the configuration, and nothing behind it would be read. */
const fraction = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000)

export const mutation: fc.Arbitrary<Mutation> = fc.noBias(
  fc.record({
    kind: fc.constantFrom('cut', 'double', 'insert', 'replace', 'swap', 'graft', 'move', 'drop'),
    file: fraction,
    at: fraction,
    length: fraction,
    text: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...fragments) },
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    ),
  }),
)

type Files = Readonly<Record<string, string>>

/** The catalog after one change. Code is only ever changed by letters that make no loop. */
export const mutated = (files: Files, { kind, file, at, length, text }: Mutation): Files => {
  const names = Object.keys(files)
  const name = names[Math.floor(file * names.length)] ?? ''
  const before = files[name] ?? ''
  if (kind === 'drop') return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name))
  const start = Math.floor(at * before.length)
  // Mostly small: a slip of a hand rather than of a whole page.
  const end = Math.min(before.length, start + Math.floor(length ** 4 * before.length) + (kind === 'insert' ? 0 : 1))
  const [head, middle, tail] = [before.slice(0, start), before.slice(start, end), before.slice(end)]
  const other = files[names[Math.floor(length * names.length) % names.length] ?? ''] ?? ''
  const lines = before.split('\n')
  const line = Math.floor(at * lines.length)
  const after: Readonly<Record<Exclude<Mutation['kind'], 'drop'>, () => string>> = {
    cut: () => head + tail,
    double: () => head + middle + middle + tail,
    insert: () => head + text + tail,
    replace: () => head + text + tail,
    swap: () => lines.with(line, lines[line + 1] ?? '').join('\n'),
    graft: () => head + other.slice(Math.floor(length * other.length)),
    move: () => [...lines.slice(0, line), ...lines.slice(line + 1), lines[line] ?? ''].join('\n'),
  }
  const result = after[kind]()
  const isCode = name.endsWith('.ts')
  return isCode && /\b(?:for|while|do|process|import|require|function)\b/.test(result)
    ? files
    : { ...files, [name]: result }
}
