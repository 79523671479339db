import {
  constructFromEvents,
  CORE_SCHEMA,
  defineScalarTag,
  type DocumentEvent,
  EVENT_ID,
  getScalarValue,
  mergeTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml'

/** Says that a text is an expression, known only just before an invocation. */
export const lateTag = '!late'

const late = defineScalarTag(lateTag, {
  resolve: (expression) => ({ $late: expression }),
  identify: () => false,
})

/** The YAML 1.2 core schema, `<<` and `!late`. */
export const schema = CORE_SCHEMA.withTags(mergeTag, late)

const pop = { type: EVENT_ID.POP } as const

/** The value that the schema gives to a scalar. */
export const valueOf = (text: string, document: DocumentEvent, scalar: ScalarEvent): unknown =>
  constructFromEvents([document, scalar, pop], { source: text, schema })[0]

/** The text of a word that the schema leaves as it is; undefined where only the schema can tell. Most keys are such words. */
export const plainName = (text: string, scalar: ScalarEvent): string | undefined => {
  if (scalar.tagStart >= 0 || scalar.style !== SCALAR_STYLE.PLAIN) return undefined
  const word = getScalarValue(text, scalar)
  return /^[a-z][\w.-]*$/i.test(word) && !/^(?:true|false|null)$/i.test(word) ? word : undefined
}

/** True for a `<<` that merges, and not for one in quotes. */
export const isMergeKey = (text: string, scalar: ScalarEvent): boolean =>
  scalar.tagStart < 0
    ? scalar.style === SCALAR_STYLE.PLAIN && getScalarValue(text, scalar) === '<<'
    : text.slice(scalar.tagStart, scalar.tagEnd).includes('merge')

/** True for an integer that is not written in plain digits. */
export const isPrefixedInteger = (text: string, document: DocumentEvent, scalar: ScalarEvent): boolean =>
  /^[-+]?0[box]/.test(getScalarValue(text, scalar)) && typeof valueOf(text, document, scalar) === 'number'

/** The offset just behind everything that belongs to a scalar. */
export const scalarEnd = ({ valueEnd, anchorEnd, tagEnd, style }: ScalarEvent): number => {
  const quoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED
  return Math.max(quoted ? valueEnd + 1 : valueEnd, anchorEnd, tagEnd)
}

/** The offset of a scalar's first character, with its quote or `|`; undefined for one that is not written. */
export const scalarStart = (text: string, scalar: ScalarEvent, cursor: number): number | undefined => {
  if (scalar.valueStart < 0) return propertyStart(scalar)
  if (scalar.style === SCALAR_STYLE.PLAIN) return scalar.valueStart
  const quoted = scalar.style === SCALAR_STYLE.SINGLE_QUOTED || scalar.style === SCALAR_STYLE.DOUBLE_QUOTED
  return quoted ? scalar.valueStart - 1 : blockHeaderStart(text, scalar, cursor)
}

const propertyStart = ({ anchorStart, tagStart }: ScalarEvent): number | undefined => {
  const starts = [anchorStart - 1, tagStart].filter((start) => start >= 0)
  return starts.length === 0 ? undefined : Math.min(...starts)
}

// The event of a block scalar begins behind its header line.
const blockHeaderStart = (text: string, scalar: ScalarEvent, cursor: number): number => {
  const from = Math.max(cursor, scalar.anchorEnd, scalar.tagEnd, 0)
  const header = /[|>][-+0-9]*[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r\n|\r|\n)?$/.exec(text.slice(from, scalar.valueStart))
  return header === null ? scalar.valueStart : from + header.index
}
