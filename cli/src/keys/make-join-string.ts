import { joinString, KeyRing } from '@prove/link'

interface Wanted {
  readonly name?: string
  readonly many?: true
  /** Seconds. */
  readonly expires: number
  readonly address: readonly string[]
}

interface Told {
  readonly print: (text: string) => void
  readonly complain: (text: string) => void
}

/** Prints a join string alone on standard output, and what to do with it beside. */
export const makeJoinString = ({ name, many, expires, address }: Wanted, { print, complain }: Told): number => {
  const ring = new KeyRing()
  const until = new Date(Date.now() + expires * 1000).toISOString()
  const token = ring.tokens.make({ expires: until, many: many === true, ...(name === undefined ? {} : { name }) })
  print(`${joinString({ addresses: address, master: ring.identity().fingerprint, token })}\n`)
  const whom = many === true ? 'any number of agents' : 'one agent'
  complain(`It lets ${whom} in until ${until}: give it to "prove-agent join" on the host, and to nobody else.\n`)
  return 0
}
