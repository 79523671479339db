import { type KnownKey, KeyRing, type LastMet } from '@prove/link'
import type { Colors } from '../console/colors.js'
import { printable } from '../console/printable.js'
import { ageText, momentText } from '../history/moments.js'
import type { Project } from '../project.js'
import { type ComparedPlugin, comparePlugins } from './compare-plugins.js'

type Print = (text: string) => void

interface Told {
  readonly print: Print
  readonly colors: Colors
  readonly project: () => Promise<Pick<Project, 'kernel'>>
}

/** Shows the fingerprint of the master alone on standard output, and beside it that another one is on its way. */
export const showOwnKey = (output: string, print: Print, complain: Print): number => {
  const ring = new KeyRing()
  const { fingerprint } = ring.identity()
  const next = ring.unfinishedIdentity()?.fingerprint
  print(output === 'json' ? `${JSON.stringify({ fingerprint, next }, null, 2)}\n` : `${fingerprint}\n`)
  if (next !== undefined) complain(`Some agents expect ${next} already: run "prove keys rotate" again.\n`)
  return 0
}

/** Shows one key of an agent, and what the agent said of itself when it was last met. */
export const showAgentKey = async (asked: string, output: string, told: Told): Promise<number> => {
  const { print, colors, project } = told
  const ring = new KeyRing()
  const key = ring.find(asked, 'accepted')
  const met = ring.lastMet(key.fingerprint)
  const plugins = met === undefined ? [] : await comparePlugins(met, (await project()).kernel)
  if (output === 'json') {
    print(`${JSON.stringify({ ...key, met: met === undefined ? null : { ...met, plugins } }, null, 2)}\n`)
    return 0
  }
  const rows = [...keyRows(key), ...(met === undefined ? neverMet(key) : metRows(met, plugins, colors))]
  for (const [label = '', value = ''] of rows) print(`${label.padEnd(12)}  ${value}\n`)
  return 0
}

const keyRows = ({ name, fingerprint, state, since, hostname }: KnownKey) => [
  ['target', printable(name)],
  ['fingerprint', fingerprint],
  ['state', `${state} since ${since}`],
  ...(hostname === undefined ? [] : [['calls itself', printable(hostname)]]),
]

const neverMet = ({ state }: KnownKey) => (state === 'accepted' ? [['last met', 'not yet; "prove ping" meets it']] : [])

const metRows = ({ at, version, node }: LastMet, plugins: readonly ComparedPlugin[], colors: Colors) => {
  const on = node === undefined ? '' : `, on Node ${printable(node)}`
  return [
    ['last met', `${momentText(at)}, ${ageText(Date.now() - Date.parse(at))} ago`],
    ['version', `${printable(version)}${on}`],
    ...plugins.map((plugin, i) => [i === 0 ? 'plugins' : '', pluginText(plugin, colors)]),
  ]
}

const pluginText = ({ name, build, own, compared }: ComparedPlugin, colors: Colors): string => {
  const there = [printable(name), ...(build === undefined ? [] : [printable(build)])].join(' ')
  switch (compared) {
    case 'same':
      return there
    case 'other':
      return colors.yellow(`${there}: another one than here, ${own ?? 'of sources'}`)
    case 'missing':
      return colors.yellow(`${there}: missing there`)
    case 'unused':
      return `${there}: not here`
  }
}
