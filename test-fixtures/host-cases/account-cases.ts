import { quote } from '@prove/core'
import { type HostCase, type HostOptions, hostCases } from '../hosts/host-cases.js'

/** A host case whose end is told by commands that must all succeed. */
export interface AccountCase extends Omit<HostCase, 'after'> {
  readonly after?: readonly string[]
}

/** A command that succeeds where another one prints just this. */
export const is = (command: string, expected: string): string => `[ "$(${command})" = ${quote(expected)} ]`

/** All that the databases say of a user behind its name and password. */
export const passwd = (name: string, line: string): string => is(`getent passwd ${name} | cut -d: -f3-`, line)

/** All groups of a user, in the order of their names. */
export const groupsOf = (name: string, names: string): string =>
  is(`id -Gn ${name} | tr ' ' '\\n' | sort | tr '\\n' ' ' | sed 's/ $//'`, names)

/** A field of /etc/shadow, from 1. */
export const shadow = (name: string, field: number, value: string): string =>
  is(`grep '^${name}:' /etc/shadow | cut -d: -f${field}`, value)

/** Hashes that nobody needs to know the password of. */
export const hash = '$6$prove$lab'.padEnd(40, 'x')
export const otherHash = '$y$j9T$prove$'.padEnd(50, 'y')

const holds = (command: string): string => `${command} || { echo ${quote(`this fails: ${command}`)} >&2; exit 1; }`

export const accountCases = (area: string, cases: readonly AccountCase[], options: HostOptions = {}): void =>
  hostCases(
    area,
    cases.map(({ after, ...each }) => (after === undefined ? each : { ...each, after: after.map(holds).join('\n') })),
    options,
  )
