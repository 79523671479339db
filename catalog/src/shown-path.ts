import { relative } from 'node:path'

/** A path from where Prove was started, as people type it. */
export const shownPath = (file: string): string => relative(process.cwd(), file) || file
