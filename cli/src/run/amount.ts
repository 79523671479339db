/** So many targets, or a share of all that were chosen. */
export type Amount = { readonly count: number } | { readonly percent: number }

/** `2` or `25%`; undefined for anything else. */
export const parseAmount = (text: string): Amount | undefined => {
  const [, digits, percent] = /^(\d{1,9})(%?)$/.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const number = Number(digits)
  if (percent === '') return { count: number }
  return number <= 100 ? { percent: number } : undefined
}

/** How many that are of a total; a share is rounded down. */
export const amountOf = (amount: Amount, total: number): number =>
  'count' in amount ? amount.count : Math.floor((total * amount.percent) / 100)
