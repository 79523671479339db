import { blocked, type Blocked, z, type StateFunction } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { blockExamples } from './edit-examples.js'
import { argumentLines, inserted, type Line, linesOf, textOf, withoutEnd } from './lines.js'
import { placeFor, positionArguments, positionConflict } from './position.js'

interface Marked {
  readonly name?: string | undefined
  readonly marker?: string | undefined
}

const defaultMarker = '# {mark} kept by Prove'

/** The line that begins the block, and the one that ends it. */
const markersOf = ({ name, marker = name === undefined ? defaultMarker : `${defaultMarker}: {name}` }: Marked) => {
  const named = marker.replaceAll('{name}', () => name ?? '')
  return { begin: named.replaceAll('{mark}', 'BEGIN'), end: named.replaceAll('{mark}', 'END') }
}

/** Indices of the two lines; undefined when there is no block. */
const find = (lines: readonly Line[], marked: Marked): { first: number; last: number } | Blocked | undefined => {
  const { begin, end } = markersOf(marked)
  const at = (wanted: string): readonly number[] => lines.flatMap(({ text }, i) => (text === wanted ? [i] : []))
  const [first, again] = at(begin)
  const [last, more] = at(end)
  if (first === undefined && last === undefined) return undefined
  if (again !== undefined || more !== undefined)
    return blocked(`the block is there twice, see line ${(again ?? more ?? 0) + 1}`)
  if (last === undefined) return blocked(`line ${(first ?? 0) + 1} begins the block, and no line ends it: ${end}`)
  if (first === undefined || last < first)
    return blocked(`line ${last + 1} ends the block, and none before it begins it: ${begin}`)
  return { first, last }
}

/** Keep lines in a file, between two markers. */
export const block: StateFunction = defineEdit({
  name: 'file.block',
  about: 'Keep lines in a file, between two lines that mark them.',
  details: `The marks are two lines of their own, by default \`# BEGIN kept by Prove\` and \`# END kept by Prove\`, with \`: NAME\` behind them where a name is given. Everything outside them stays as it is, byte for
byte; what somebody writes between them is undone.

\`marker\` is for files in which \`#\` begins no comment: \`<!-- {mark} {name} -->\`. A mark without its other is an error.`,
  args: {
    block: z.string().optional().meta({ description: 'The lines.' }),
    name: z
      .string()
      .regex(/^[^\r\n]+$/, 'expected one line')
      .optional()
      .meta({ description: 'Tells the blocks of one file apart.' }),
    marker: z
      .string()
      .regex(/^[^\r\n]*\{mark\}[^\r\n]*$/, 'expected one line with {mark} in it')
      .optional()
      .meta({ description: 'A line with `{mark}` in it, which becomes BEGIN and END, and `{name}` for the name.' }),
    absent: z.boolean().optional().meta({ description: 'Remove the block, and its marks.' }),
    ...positionArguments,
  },
  examples: blockExamples,

  conflict: ({ block: wanted, name, marker, absent, ...position }) => {
    if (wanted === undefined && absent !== true) return '"block" is missing'
    if (name !== undefined && marker?.includes('{name}') === false) return 'the "marker" leaves out {name}'
    return positionConflict(position)
  },

  edit: ({ block: wanted = '', name, marker, absent, ...position }, text) => {
    const lines = linesOf(text)
    const found = find(lines, { name, marker })
    if (found !== undefined && 'blocked' in found) return found
    const rest = found === undefined ? lines : lines.toSpliced(found.first, found.last - found.first + 1)
    if (absent === true) return textOf(rest)
    const { begin, end } = markersOf({ name, marker })
    const fresh = [begin, ...argumentLines(wanted), end]
    if (found === undefined) {
      const place = placeFor(lines, position)
      return typeof place === 'number' ? textOf(inserted(lines, place, fresh)) : place
    }
    const held = lines.slice(found.first, found.last + 1)
    const isSame = held.length === fresh.length && held.every((each, i) => each.text === fresh[i])
    if (isSame) return text
    const last = held.at(-1)
    const replaced = inserted(rest, found.first, fresh)
    return textOf(last?.end === '' ? withoutEnd(replaced) : replaced)
  },
})
