/** The line that an offset of a text is in, from 1. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
