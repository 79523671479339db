import type { FactSource } from '@prove/core'

/** The name that the resolver gives the host. Lazy: the resolver may ask a server that does not answer. */
export const nameSource: FactSource = {
  name: 'name',
  lazy: true,
  facts: {
    fqdn: 'The full name of the host as its resolver knows it, of `hostname -f`; null without a domain.',
    domain: 'What follows the first dot of `fqdn`.',
  },
  script: 'hostname -f',
  parse(output) {
    const [, domain] = /^[\w-]+\.([\w.-]+)\s*$/.exec(output) ?? []
    return domain === undefined ? {} : { fqdn: output.trim(), domain }
  },
}
