/** One element of a structure in DER. */
export interface Element {
  readonly tag: number
  readonly body: Buffer
  /** With its tag and length. */
  readonly raw: Buffer
}

/** What tags of elements mean here. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

const lengthAt = (bytes: Buffer, at: number): { readonly length: number; readonly from: number } => {
  const first = bytes[at]
  if (first === undefined) throw new RangeError('the structure breaks off')
  if (first < 0x80) return { length: first, from: at + 1 }
  const count = first - 0x80
  if (count < 1 || count > 4 || at + 1 + count > bytes.length) throw new RangeError('no length')
  return { length: bytes.readUIntBE(at + 1, count), from: at + 1 + count }
}

/** The elements in order. Throws for what is no DER. */
export const elements = (bytes: Buffer): readonly Element[] => {
  const found: Element[] = []
  for (let at = 0; at < bytes.length;) {
    const { length, from } = lengthAt(bytes, at + 1)
    const end = from + length
    if (end > bytes.length) throw new RangeError('the structure breaks off')
    found.push({ tag: bytes[at] ?? 0, body: bytes.subarray(from, end), raw: bytes.subarray(at, end) })
    at = end
  }
  return found
}

/** The element there, which has this tag. Throws where it has not. */
export const expected = (element: Element | undefined, tag: number): Element => {
  if (element?.tag !== tag) throw new RangeError(`no element with tag ${tag}`)
  return element
}

/** The elements of the sequence. */
export const inside = (element: Element | undefined, tag: number = tags.sequence): readonly Element[] =>
  elements(expected(element, tag).body)

/** An object identifier with dots. */
export const oidOf = (element: Element | undefined): string => {
  const { body } = expected(element, tags.oid)
  const numbers: number[] = []
  let number = 0
  for (const byte of body) {
    number = number * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    numbers.push(number)
    number = 0
  }
  const [first = 0, ...rest] = numbers
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - top * 40, ...rest].join('.')
}

/** The text of any kind of string that names use. */
export const stringOf = ({ tag, body }: Element): string =>
  tag === tags.bmp ? Buffer.from(body).swap16().toString('utf16le') : body.toString('utf8')

/** Seconds since 1970. */
export const timeOf = (element: Element | undefined): number => {
  const text = element?.body.toString('latin1') ?? ''
  const isShort = element?.tag === tags.utcTime
  const found = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (found === null || (!isShort && element?.tag !== tags.time)) throw new RangeError('no time')
  const [year = 0, month = 0, ...rest] = found.slice(1).map(Number)
  const whole = isShort ? (year < 50 ? 2000 + year : 1900 + year) : year
  return Date.UTC(whole, month - 1, ...(rest as [number, number, number, number])) / 1000
}
