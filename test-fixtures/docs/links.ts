import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A link of a Markdown file, as it stands there. */
export interface Link {
  readonly line: number
  readonly to: string
}

/** Text without what is code: a link in an example is none. */
const withoutCode = (text: string): string =>
  text
    .replaceAll(/^(`{3,})[^]*?^\1$/gm, (block) => block.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/`[^`\n]*`/g, (code) => ' '.repeat(code.length))

/** The links of a Markdown file. */
export const linksOf = (text: string): readonly Link[] =>
  withoutCode(text)
    .split('\n')
    .flatMap((line, i) => [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ line: i + 1, to })))

/** The anchor that a heading has. */
export const anchorOf = (heading: string): string => {
  const [, given] = /\{#([^}]+)\}\s*$/.exec(heading) ?? []
  const words = heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .replace(/^(?=\d)/, '_')
  return given ?? words
}

/** The anchors of a Markdown file. */
export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replaceAll(/^(`{3,})[^]*?^\1$/gm, '')
      .split('\n')
      .flatMap((line) => (/^#{1,6} /.test(line) ? [anchorOf(line.replace(/^#+ /, ''))] : [])),
  )

/** What is wrong with a link from a file; undefined where nothing is. `site` is what a leading slash means. */
export const brokenBecause = (file: string, to: string, site: string): string | undefined => {
  if (/^(https?|mailto):/.test(to)) return undefined
  const [path = '', anchor] = to.split('#')
  const target = path === '' ? file : path.startsWith('/') ? join(site, path) : join(dirname(file), path)
  const found = [target, `${target}.md`, join(target, 'index.md')].find(isFile) ?? (existsSync(target) ? '' : undefined)
  if (found === undefined) return 'there is no such file'
  if (anchor === undefined) return undefined
  return found.endsWith('.md') && anchorsOf(readFileSync(found, 'utf8')).has(anchor)
    ? undefined
    : 'there is no such heading'
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()
