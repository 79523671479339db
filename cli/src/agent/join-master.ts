import { readFileSync } from 'node:fs'
import { parseAgentConfig } from '@prove/agent'
import { ownIdentity, parseJoinString, writePrivate } from '@prove/link'
import type { PlaceFlags } from '../commands/agent.js'
import { agentFiles } from './agent-files.js'
import { type Meeting, usualListen } from './meeting-of.js'

interface Wanted extends PlaceFlags, Meeting {
  readonly name?: string
}

/** Writes the configuration of the agent of this host, and shows its fingerprint. */
export const joinMaster = (word: string, wanted: Wanted, print: (text: string) => void): number => {
  const join = parseJoinString(word === '-' ? readFileSync(0, 'utf8') : word)
  const dial = [...join.addresses, ...wanted.dial]
  const listen = wanted.listen.length === 0 && dial.length === 0 ? [usualListen] : wanted.listen
  const config = {
    ...(wanted.name === undefined ? {} : { name: wanted.name }),
    masters: [join.master],
    ...(listen.length === 0 ? {} : { listen }),
    ...(dial.length === 0 ? {} : { dial }),
  }
  const text = `${JSON.stringify(config, null, 2)}\n`
  parseAgentConfig(text, wanted.config)
  const files = agentFiles(wanted.state)
  const { fingerprint } = ownIdentity(files.key)
  writePrivate(files.token, `${join.token}\n`)
  writePrivate(wanted.config, text)
  print(`this agent is ${fingerprint}\nit obeys      ${join.master}\n`)
  return 0
}
