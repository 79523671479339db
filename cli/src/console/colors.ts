import pc from 'picocolors'

export type Colors = ReturnType<typeof pc.createColors>

/** Colours for a terminal; none for a pipe, or where NO_COLOR asks for none. */
export const colorsFor = (stream: { readonly isTTY?: boolean }): Colors =>
  pc.createColors(stream.isTTY === true && process.env['NO_COLOR'] === undefined)
