import type { CatalogErrorEvent, ProveError } from '@prove/core'

/** An error of the command line or the catalog as an event. */
export const catalogErrorEvent = ({
  code,
  message,
  place,
  hint,
  includedFrom,
  targets,
}: ProveError): CatalogErrorEvent => ({
  type: 'error',
  code,
  message,
  ...(place === undefined ? {} : { place: { ...place } }),
  ...(hint === undefined ? {} : { hint }),
  includedFrom: includedFrom.map((each) => ({ ...each })),
  targets: [...targets],
})

/** The same as a line of JSON. */
export const errorLine = (error: ProveError): string => JSON.stringify(catalogErrorEvent(error))
