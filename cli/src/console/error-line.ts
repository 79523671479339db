import type { CatalogErrorEvent, ProveError } from '@prove/core'

/** An error as an event: a line of JSON. */
export const errorLine = ({ code, message, place, hint, includedFrom, targets }: ProveError): string => {
  const event: CatalogErrorEvent = {
    type: 'error',
    code,
    message,
    ...(place === undefined ? {} : { place: { ...place } }),
    ...(hint === undefined ? {} : { hint }),
    includedFrom: includedFrom.map((each) => ({ ...each })),
    targets: [...targets],
  }
  return JSON.stringify(event)
}
