import type { SourceText } from '@prove/core'
import type { Word } from './word.js'

/** How many hosts one line may stand for. */
const maxHosts = 65_536

// Digits alone between brackets are a range with a step.
const ipv6 = /^(?:\[(?!\d+:\d+:\d+\])[\da-f.]*:[\da-f.]*:[\da-f:.]*\](?::\d+)?|[\da-f]*:[\da-f]*:[\da-f:.]*)$/i

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The hosts that `web[01:20].example.org:2222` stands for, and their port. */
export const expandHosts = (
  source: SourceText,
  { text, at }: Word,
): { readonly names: readonly string[]; readonly port: number | undefined } => {
  if (ipv6.test(text)) return { names: [text.replace(/\]:\d+$/, ']')], port: undefined }
  if (text.endsWith(':')) throw source.error('a host cannot end with ":"', at, 'write a port behind it, or remove it')
  const [, address = text, port] = /^((?:[^:[\]]|\[[^\]]*\])*):(\d+)$/.exec(text) ?? []
  let names: readonly string[] = ['']
  for (const [piece, range] of address.matchAll(/\[([^\]]*)\]|[^[]+|\[/g)) {
    if (piece === '[') throw source.error('a range is never closed', at, 'write "]", as in web[1:3]')
    const values = range === undefined ? [piece] : valuesOf(source, range, at)
    if (names.length * values.length > maxHosts) {
      throw source.error(`ranges stand for more than ${maxHosts} hosts`, at, 'write a shorter range')
    }
    names = names.flatMap((name) => values.map((value) => name + value))
  }
  return { names, port: port === undefined ? undefined : Number(port) }
}

const valuesOf = (source: SourceText, range: string, at: number): readonly string[] => {
  const bad = (message: string, hint: string): Error => source.error(`the range "[${range}]" ${message}`, at, hint)
  const [, from = '', to = '', by = '1'] = /^(\d*|[a-zA-Z]):(\d+|[a-zA-Z])(?::(\d+))?$/.exec(range) ?? []
  const areLetters = letters.includes(from) && from !== ''
  if (to === '' || areLetters !== letters.includes(to)) {
    throw bad('is not well-formed', 'write [1:20], [01:20], [a:f], or with a step [1:20:2]')
  }
  const begin = areLetters ? letters.indexOf(from) : Number(from)
  const end = areLetters ? letters.indexOf(to) : Number(to)
  const step = Number(by)
  if (step === 0) throw bad('has a step of 0', 'write a step of 1 or more')
  if (begin > end) throw bad('begins after its end', 'turn it around')
  if ((end - begin) / step >= maxHosts) throw bad(`stands for more than ${maxHosts} hosts`, 'write a shorter range')
  const isPadded = !areLetters && from.length > 1 && from.startsWith('0')
  if (isPadded && from.length !== to.length) {
    throw bad(
      'has ends of different lengths',
      `write [${from.padStart(to.length, '0')}:${to.padStart(from.length, '0')}]`,
    )
  }
  return Array.from({ length: Math.floor((end - begin) / step) + 1 }, (_, i) => {
    const value = begin + i * step
    return areLetters ? letters.charAt(value) : String(value).padStart(isPadded ? from.length : 0, '0')
  })
}
