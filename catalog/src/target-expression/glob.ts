/** One element of a glob: any number of characters, or one character that a test accepts. */
type Element = 'many' | ((character: string) => boolean)

const elementsOf = (glob: string): readonly Element[] =>
  Array.from(glob.matchAll(/\[([!^]?)([^\]]+)\]|[^]/g), ([whole, negation, inside]): Element => {
    if (inside !== undefined) return classTest(inside, negation !== '')
    if (whole === '*') return 'many'
    return whole === '?' ? () => true : (character) => character === whole
  })

const classTest = (inside: string, isNegated: boolean): ((character: string) => boolean) => {
  const ranges = Array.from(
    inside.matchAll(/([^])-([^])|[^]/g),
    ([whole, low = whole, high = whole]) => [low, high] as const,
  )
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== isNegated
}

/**
 * A test for names that match a glob as a whole: `*`, `?`, `[a-z]` and `[!a-z]`. It takes a time of at most the product
 * of both lengths, which the same glob written as a regex would not.
 */
export const globTest = (glob: string): ((name: string) => boolean) => {
  const elements = elementsOf(glob)
  return (name) => matches(elements, name)
}

const matches = (elements: readonly Element[], name: string): boolean => {
  let element = 0
  let at = 0
  // Where to go on when what follows the last `*` does not fit: it then takes one character more.
  let retry: { readonly element: number; at: number } | undefined
  while (at < name.length) {
    const test = elements[element]
    if (test === 'many') {
      retry = { element: ++element, at }
    } else if (test?.(name.charAt(at)) === true) {
      element++
      at++
    } else if (retry !== undefined) {
      element = retry.element
      at = ++retry.at
    } else return false
  }
  return elements.slice(element).every((rest) => rest === 'many')
}
