import { extname, isAbsolute } from 'node:path'

/** How an inventory is written. */
export type Notation = 'ini' | 'yaml' | 'json'

const byExtension: Readonly<Record<string, Notation>> = {
  '.ini': 'ini',
  '.cfg': 'ini',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.json': 'json',
}

/**
 * The notation by the extension of a file, and else by the text. What starts with `{` is JSON whatever its name: a command
 * such as `ansible-inventory -i hosts.ini --list` prints JSON.
 */
export const notationOf = (file: string, text: string): Notation => {
  if (/^\s*\{/.test(text)) return 'json'
  return (isAbsolute(file) ? byExtension[extname(file)] : undefined) ?? byContent(text)
}

// In INI, a line that ends with a colon means nothing, and in YAML no inventory begins otherwise.
const byContent = (text: string): Notation => {
  const line = /^[^\S\r\n]*([^\s#;].*)/m.exec(text)?.[1] ?? ''
  return line.startsWith('---') || /^[^\s[]\S*:(?:\s|$)/.test(line) ? 'yaml' : 'ini'
}
