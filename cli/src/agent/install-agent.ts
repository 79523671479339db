import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf, ProveError } from '@prove/core'
import { joinMaster } from './join-master.js'
import { systemdUnit } from './systemd-unit.js'

type JoinWanted = Parameters<typeof joinMaster>[1]

const program = '/usr/bin/prove-agent'

/** Where a Debian package puts the unit, and where this program does. */
const packaged = '/usr/lib/systemd/system/prove-agent.service'
const own = '/etc/systemd/system/prove-agent.service'

/** Puts this program and its unit in place, joins the master where a word was given, and starts it. */
export const installAgent = (word: string | undefined, wanted: JoinWanted, print: (text: string) => void): number => {
  if (process.getuid?.() !== 0) {
    throw new ProveError('PRV_USAGE', 'only root can install the agent of a host', {
      hint: 'run it as root, such as with sudo',
    })
  }
  if (!existsSync('/run/systemd/system')) {
    throw new ProveError('PRV_USAGE', 'this host is not run by systemd', {
      hint: 'start "prove-agent run" by what runs it; the rest of what this does is "prove-agent join"',
    })
  }
  putProgram()
  if (!existsSync(packaged)) writeFileSync(own, systemdUnit)
  if (word !== undefined) joinMaster(word, wanted, print)
  if (!existsSync(wanted.config)) {
    print('installed; it starts when it has a master: prove-agent install STRING\n')
    return 0
  }
  systemctl('daemon-reload')
  systemctl('enable', 'prove-agent.service')
  systemctl('restart', 'prove-agent.service')
  print('installed, enabled and started: systemctl status prove-agent\n')
  return 0
}

/** The file that runs now, unless it is the one already. */
const putProgram = (): void => {
  const running = realpathSync(process.execPath)
  if (existsSync(program) && realpathSync(program) === running) return
  mkdirSync(dirname(program), { recursive: true })
  const beside = `${program}.new`
  copyFileSync(running, beside)
  chmodSync(beside, 0o755)
  renameSync(beside, program)
}

const systemctl = (...words: readonly string[]): void => {
  try {
    execFileSync('systemctl', words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string }
    throw new ProveError('PRV_AGENT_CONFIG', `systemctl ${words.join(' ')}: ${stderr?.trim() ?? messageOf(error)}`, {
      hint: 'see "systemctl status prove-agent" and "journalctl -u prove-agent"',
    })
  }
}
