import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licences of the packages that some files come from, as one text; empty where they come from none. */
export const noticesOf = (files) =>
  [...new Set(files.flatMap((file) => packageOf(file) ?? []))]
    .toSorted((a, b) => a.localeCompare(b))
    .map(noticeOf)
    .join('\n')

/** The folder of the package that a file was installed with; undefined for our own. */
const packageOf = (file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]

const noticeOf = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((each) => /^licen[cs]e/i.test(each))
  const texts = files.toSorted().map((file) => `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`)
  return `${name} ${version} (${license})\n${texts.join('')}\n${'-'.repeat(80)}\n`
}
