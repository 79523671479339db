import { relative } from 'node:path'
import type { Place } from '@prove/core'

/** A path from where Prove was started. */
export const near = (path: string): string => relative(process.cwd(), path) || path

/** `file:line`, from where Prove was started. */
export const placeText = ({ file, line }: Place): string => (file === 'command line' ? file : `${near(file)}:${line}`)
