import type { ChangeEvent } from '@prove/core'
import { markup, type Html } from './markup.js'

/** Lines of a diff that is open from the start. */
const short = 24

/** One change: `mode 0644 → 0600`, or the diff of a text. */
export const changeHtml = ({ field, from, to, diff }: ChangeEvent): Html => {
  if (diff === undefined) {
    const before = from === null ? '' : markup` <del>${valueText(from)}</del> →`
    return markup`<div class="change"><b>${field}</b>${before} <ins>${valueText(to ?? 'absent')}</ins></div>`
  }
  // The first two lines name the files.
  const lines = diff.replace(/\n$/, '').split('\n').slice(2)
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length
  return markup`<details class="change" ${lines.length <= short ? markup` open` : ''}>
    <summary><b>${field}</b> <ins>+${count('+')}</ins> <del>−${count('-')}</del> lines</summary>
    <pre class="diff">${lines.map(lineHtml)}</pre>
  </details>`
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const lineHtml = (line: string): Html => {
  if (line.startsWith('+')) return markup`<ins>${line}</ins>\n`
  if (line.startsWith('-')) return markup`<del>${line}</del>\n`
  return line.startsWith('@@') ? markup`<i>${line}</i>\n` : markup`${line}\n`
}
