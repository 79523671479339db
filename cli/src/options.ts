import { InvalidArgumentError } from 'commander'

/** An option that may be given several times. */
export const list = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export const seconds = (value: string): number => {
  const number = Number(value)
  if (!(number > 0)) throw new InvalidArgumentError('expected a number of seconds')
  return number
}

export const count = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number')
  return Number(value)
}

export const targetOption = [
  '-t, --target <expression>',
  'targets: names, globs, /regex/, group:, role:, fact:, with and, or, not; all of them unless given',
  list,
  [] as readonly string[],
] as const

type Variables = Readonly<Record<string, unknown>>

/** `a.b=1` as nested maps. */
const variable = (text: string, before: Variables): Variables => {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  const names = path.split('.')
  if (names.some((name) => name === '' || name === '__proto__')) {
    throw new InvalidArgumentError('expected name=value, such as port=80 or site.port=80')
  }
  return inside(before, names, valueOf(value))
}

const inside = (map: Variables, [name = '', ...rest]: readonly string[], value: unknown): Variables => {
  const old = map[name]
  const below = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Variables) : {}
  return { ...map, [name]: rest.length === 0 ? value : inside(below, rest, value) }
}

export const varOption = [
  '--var <name=value>',
  'a variable, stronger than all others; the value is read as JSON where it can be, and a.b=1 means b of the map a',
  variable,
  {} as Variables,
] as const

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
