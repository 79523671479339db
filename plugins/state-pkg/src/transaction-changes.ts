import type { Change } from '@prove/core'
import type { Trial } from './managers/contract.js'

/** As many are named; of the rest only the number. */
const mostNamed = 8

const listed = (names: readonly string[]): string =>
  names.length <= mostNamed + 1
    ? names.join(', ')
    : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`

/** What a transaction does to packages that were not named: each that was there before, and what comes along. */
export const besides = ({ packages }: Trial, named: readonly string[]): readonly Change[] => {
  const others = packages.filter(({ name }) => !named.includes(name))
  const fresh = others.flatMap(({ name, from }) => (from === null ? [name] : []))
  return [
    ...others
      .filter(({ from }) => from !== null)
      .map(({ name, from, to }) => ({ field: name, from, to: to ?? 'absent' })),
    ...(fresh.length === 0 ? [] : [{ field: 'along with it', from: null, to: listed(fresh) }]),
  ]
}
