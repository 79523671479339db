export type Variables = Readonly<Record<string, unknown>>

/** `a.b=1` as a path and a value, which is read as JSON where it can be; undefined for a word of another form. */
export const pairOf = (word: string): { readonly path: readonly string[]; readonly value: unknown } | undefined => {
  const [, name, text = ''] = /^([\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*)=(.*)$/su.exec(word) ?? []
  const path = name?.split('.') ?? []
  return path.length === 0 || path.includes('__proto__') ? undefined : { path, value: valueOf(text) }
}

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The map with the value at a path of nested maps. */
export const valueInside = (map: Variables, [name = '', ...rest]: readonly string[], value: unknown): Variables => {
  const old = map[name]
  const below = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Variables) : {}
  return { ...map, [name]: rest.length === 0 ? value : valueInside(below, rest, value) }
}
