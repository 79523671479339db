import { expect, it } from 'vitest'
import { placeWithin } from './place-within.js'

/** The line and column of `@` in the text, as the file shows it; it is taken out of the file too. */
const found = (source: string, text: string, column: number): string | undefined => {
  const offset = text.indexOf('@')
  const place = placeWithin(
    source.split('\n'),
    { file: 'a.yml', line: 1, column },
    text.replace('@', ''),
    offset < 0 ? text.length : offset,
  )
  return place === undefined ? undefined : `${place.line}:${place.column}`
}

it.each<[string, string, number, string | undefined]>([
  ['a: !late x + y', 'x + @y', 10, '1:14'],
  ['a: !late x +', 'x +', 10, '1:13'],
  ['a: !late "x + y"', 'x + @y', 10, '1:15'],
  ['a: !late "x"', 'x', 10, '1:12'],
  [String.raw`a: "b(\"c\") + d"`, 'b("c") + @d', 4, '1:16'],
  ["a: 'b(''c'') + d'", "b('c') + @d", 4, '1:16'],
  ['a: !late |\n  x +\n    y z\nb: 1', 'x +\n  y @z\n', 10, '3:7'],
  ['a: !late |\n  x +\n', 'x +\n', 10, '2:6'],
  ['a: !late |2- # why\n   x\n\n  y', ' x\n\n@y', 10, '4:3'],
  ['a: !late >\n  x +\n  y z\n', 'x + y @z\n', 10, '3:5'],
  ['a: !late >\n  x\n\n  y z\n', 'x\ny @z\n', 10, undefined],
  ['a: !late x\n  y z', 'x y @z', 10, undefined],
  [String.raw`a: "\u0041 b"`, 'A @b', 4, undefined],
  ['a: "x\n  y"', 'x @y', 4, undefined],
  ['a: {{ x }}', 'y @z', 4, undefined],
  ['a: "x" "', 'x" @', 4, undefined],
])('%j holds %j', (source, text, column, place) => {
  expect(found(source, text, column)).toBe(place)
})

it('finds nothing in lines that are not there', () => {
  expect(placeWithin([], { file: 'a.yml', line: 3, column: 1 }, 'x', 0)).toBeUndefined()
})
