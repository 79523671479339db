import pc from 'picocolors'

export type Colors = ReturnType<typeof pc.createColors>

/** A word in the environment that asks for something: empty, `0` and `false` do not. */
const asks = (name: string): boolean => !['', '0', 'false'].includes(process.env[name] ?? '')

/** Colours for a terminal that knows them, or where FORCE_COLOR asks for them; none where NO_COLOR asks for none. */
export const colorsFor = (stream: { readonly isTTY?: boolean }): Colors => {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return pc.createColors(false)
  if (FORCE_COLOR !== undefined) return pc.createColors(FORCE_COLOR === '' || asks('FORCE_COLOR'))
  return pc.createColors(stream.isTTY === true && TERM !== 'dumb')
}
