import { KeyRing } from '@prove/link'
import { printable } from '../console/printable.js'

/** Shows the fingerprint of the master, or one key of an agent. */
export const showKey = (asked: string | undefined, print: (text: string) => void): number => {
  const ring = new KeyRing()
  if (asked === undefined) {
    print(`${ring.identity().fingerprint}\n`)
    return 0
  }
  const { name, fingerprint, state, since, hostname } = ring.find(asked, 'accepted')
  const rows = [
    ['target', printable(name)],
    ['fingerprint', fingerprint],
    ['state', `${state} since ${since}`],
    ...(hostname === undefined ? [] : [['calls itself', printable(hostname)]]),
  ]
  for (const [label = '', value = ''] of rows) print(`${label.padEnd(12)}  ${value}\n`)
  return 0
}
