import { posix } from 'node:path'
import { quote } from '@prove/core'
import { Refusal } from './failure.js'
import type { NunjucksFunction } from './nunjucks.js'
import { kindOf, textOf } from './values.js'

const scalar = (value: unknown, filter: string): string => {
  if (typeof value === 'object' && value !== null) {
    throw new Refusal(`the filter "${filter}" needs a text, found ${kindOf(value)}`)
  }
  return textOf(value)
}

const decode = (value: unknown): string => {
  const text = scalar(value, 'b64decode').replaceAll(/\s/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replaceAll('=', '') !== text.replaceAll('=', '')) {
    throw new Refusal('the filter "b64decode" needs a text in base64')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal('the filter "b64decode" finds bytes that are no text')
  }
}

/** Filters for shells, paths and encodings. */
export const textFilters: Readonly<Record<string, NunjucksFunction>> = {
  quote: (value) => quote(scalar(value, 'quote')),
  b64encode: (value) => Buffer.from(scalar(value, 'b64encode'), 'utf8').toString('base64'),
  b64decode: (value) => decode(value),
  basename: (value) => posix.basename(scalar(value, 'basename')),
  dirname: (value) => posix.dirname(scalar(value, 'dirname')),
}
