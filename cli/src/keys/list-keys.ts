import { coreVersion } from '@prove/core'
import { KeyRing, type KnownKey, type LastMet } from '@prove/link'
import type { Colors } from '../console/colors.js'
import { printable } from '../console/printable.js'
import { ageText } from '../history/moments.js'

interface Told {
  readonly print: (text: string) => void
  readonly colors: Colors
}

interface Listed extends KnownKey {
  readonly met: LastMet | undefined
}

const order = { waiting: 0, accepted: 1, revoked: 2 } as const

/** Lists the keys of agents; those that wait for a decision come first. */
export const listKeys = (output: string, { print, colors }: Told): number => {
  const ring = new KeyRing()
  const keys = ring
    .all()
    .toSorted((a, b) => order[a.state] - order[b.state])
    .map((key): Listed => ({ ...key, met: ring.lastMet(key.fingerprint) }))
  if (output === 'json') print(`${JSON.stringify(keys, null, 2)}\n`)
  else if (keys.length === 0) print('no agent has shown itself to this master\n')
  else print(lines(keys, colors).join(''))
  return 0
}

const lines = (keys: readonly Listed[], colors: Colors): readonly string[] => {
  const names = keys.map(({ name }) => printable(name))
  const width = Math.max(...names.map((name) => name.length))
  return keys.map(({ state, fingerprint, since, hostname, name, met }, i) => {
    const shown =
      state === 'waiting' ? colors.yellow(state) : state === 'revoked' ? colors.red(state) : colors.green(state)
    const host = hostname === undefined || hostname === name ? '' : `  calls itself ${printable(hostname)}`
    const pad = ' '.repeat('accepted'.length - state.length)
    return `${(names[i] ?? '').padEnd(width)}  ${shown}${pad}  ${fingerprint}  ${ageText(Date.now() - Date.parse(since))}${host}${metText(met, colors)}\n`
  })
}

/** A version other than that of this master is one to bring up to date. */
const metText = (met: LastMet | undefined, colors: Colors): string => {
  if (met === undefined) return ''
  const version = met.version === coreVersion ? met.version : colors.yellow(printable(met.version))
  return `  met ${ageText(Date.now() - Date.parse(met.at))} ago, version ${version}`
}
