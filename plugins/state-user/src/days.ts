const dayMilliseconds = 86_400_000

/** `YYYY-MM-DD`, and a day that the calendar has. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Days since 1 January 1970, as /etc/shadow counts. */
export const daysOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMilliseconds

export const dateOf = (days: number): string => new Date(days * dayMilliseconds).toISOString().slice(0, 10)
