import { quote } from '@prove/core'
import type { Meeting } from './meeting-of.js'
import { systemdUnit } from './systemd-unit.js'

/** What a host is to be that gets an agent. */
export interface Deployment {
  /** The name of the file in the catalog: a package where it ends so, else the program. */
  readonly file: string
  /** The fingerprint of the master. */
  readonly master: string
  /** What lets the agent in. */
  readonly join: string
  readonly name: string
  readonly meeting: Meeting
  /** The master has accepted a key for the target: an agent that obeys it is left alone. */
  readonly isKnown: boolean
}

const configuration = '/etc/prove-agent/agent.json'

/** The states that bring an agent to a host, as a state file holds them. */
export const deployStates = ({
  file,
  master,
  join,
  name,
  meeting: { listen, dial },
  isKnown,
}: Deployment): Readonly<Record<string, unknown>> => {
  const isPackage = file.endsWith('.deb')
  const put = isPackage
    ? { program: { 'pkg.installed': { name: 'prove-agent', source: `prove://${file}` } } }
    : {
        program: {
          'file.managed': { path: '/usr/bin/prove-agent', source: `prove://${file}`, mode: '0755' },
          notify: 'running',
        },
        unit: {
          'systemd.unit': { name: 'prove-agent.service', content: systemdUnit },
          requires: 'program',
          notify: 'running',
        },
      }
  const addresses = [
    ...listen.flatMap((address) => ['--listen', address]),
    ...dial.flatMap((address) => ['--dial', address]),
  ]
  const command = ['/usr/bin/prove-agent', 'join', '-', '--name', name, ...addresses]
  const obeys = [master, ...listen, ...dial].map((text) => `grep -qF -- ${quote(text)} ${configuration}`).join(' && ')
  return {
    ...put,
    joined: {
      'cmd.run': { command, stdin: join },
      requires: 'program',
      notify: 'running',
      ...(isKnown ? { unless: obeys } : {}),
    },
    running: {
      'service.running': { name: 'prove-agent', enable: true, on_notify: 'restart' },
      requires: isPackage ? ['joined'] : ['unit', 'joined'],
    },
  }
}
