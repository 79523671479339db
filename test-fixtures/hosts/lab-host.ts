import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Base } from './base.js'
import { Cgroup } from './cgroup.js'
import { attempt, command } from './command.js'
import type { LabNetwork } from './network.js'

/** What nspawn ends with where the host asked to be booted again. */
const bootAgain = 133

/** A real Debian host of the lab: a root filesystem, an address and an init of its own. */
export class LabHost {
  readonly name: string
  readonly address: string
  /** Where its root filesystem is seen from outside. What it mounted itself is not. */
  readonly root: string
  readonly #upper: string
  readonly #cgroup: Cgroup
  #machine: ChildProcess | undefined
  #isWanted = false
  #up = Promise.resolve()

  constructor(
    readonly number: number,
    private readonly folder: string,
    private readonly base: Base,
    private readonly network: LabNetwork,
  ) {
    this.name = `h${number}`
    this.address = network.addressOf(number)
    this.root = join(folder, 'root')
    this.#upper = join(folder, 'upper')
    this.#cgroup = new Cgroup(network.namespaceOf(number))
  }

  /** Bytes that its cable has brought it so far. */
  get received(): number {
    return Number(readFileSync(`/sys/class/net/${this.network.deviceOf(this.number)}/statistics/tx_bytes`, 'utf8'))
  }

  /** As in known_hosts: type and key. */
  get publicKey(): string {
    return readFileSync(`${this.#hostKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
  }

  get #hostKey(): string {
    return join(this.folder, 'host_key')
  }

  /** Makes it, and boots it. Resolves once sshd answers. */
  async create(): Promise<void> {
    mkdirSync(this.folder, { recursive: true })
    await command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', this.name, '-f', this.#hostKey])
    await this.network.addHost(this.number)
    await this.#makeDisk()
    await this.start()
  }

  /** Back to how it was when it was made, in about a second. */
  async reset(): Promise<void> {
    await this.stop()
    await this.#removeDisk()
    await this.#makeDisk()
    await this.start()
  }

  /** Boots it from the disk it has. */
  async start(): Promise<void> {
    this.#isWanted = true
    this.#up = this.#boot()
    await this.#up
  }

  /** Resolves once it has booted again, for whatever reason it does. */
  async rebooted(): Promise<void> {
    if (this.#machine !== undefined) await once(this.#machine, 'close')
    await this.#up
  }

  /** As if its power were cut. */
  async stop(): Promise<void> {
    this.#isWanted = false
    const machine = this.#machine
    this.#machine = undefined
    this.#cgroup.kill()
    if (machine !== undefined && machine.exitCode === null && machine.signalCode === null) await once(machine, 'close')
    // Who is killed leaves it, and the next of that name does not begin with what is mounted there.
    const left = `/run/systemd/nspawn/propagate/${this.network.namespaceOf(this.number)}`
    await attempt('umount', ['--lazy', left])
    rmSync(left, { recursive: true, force: true })
  }

  /** Its cable is out: what is sent is gone, and nobody says so. */
  async cut(): Promise<void> {
    await command('ip', ['link', 'set', this.network.deviceOf(this.number), 'down'])
  }

  async restore(): Promise<void> {
    await command('ip', ['link', 'set', this.network.deviceOf(this.number), 'up'])
  }

  /** Runs text as root on the host, without the network; what it printed. */
  run(script: string, input = ''): Promise<string> {
    const into = ['-t', this.#leader(), '--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--root', '--wd']
    const env = ['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root']
    return command('nsenter', [...into, '--', ...env, 'sh', '-c', script], input)
  }

  async remove(): Promise<void> {
    await this.stop()
    await this.#removeDisk()
    await this.network.removeHost(this.number)
    await this.#cgroup.remove()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #leader(): string {
    const pid = String(this.#machine?.pid)
    const [leader = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return leader
  }

  async #makeDisk(): Promise<void> {
    const etc = join(this.#upper, 'etc')
    for (const folder of [join(etc, 'ssh'), join(this.folder, 'work'), this.root])
      mkdirSync(folder, { recursive: true })
    for (const end of ['', '.pub']) copyFileSync(`${this.#hostKey}${end}`, join(etc, `ssh/ssh_host_ed25519_key${end}`))
    writeFileSync(join(etc, 'hostname'), `${this.name}\n`)
    writeFileSync(join(etc, 'hosts'), `127.0.0.1 localhost\n${this.address} ${this.name}\n`)
    writeFileSync(join(etc, 'machine-id'), `${randomUUID().replaceAll('-', '')}\n`)
    const options = `lowerdir=${this.base.root},upperdir=${this.#upper},workdir=${join(this.folder, 'work')},volatile`
    await command('mount', ['-t', 'overlay', this.name, '-o', options, this.root])
  }

  async #removeDisk(): Promise<void> {
    await attempt('umount', ['--lazy', this.root])
    for (const folder of [this.#upper, join(this.folder, 'work')]) rmSync(folder, { recursive: true, force: true })
  }

  async #boot(): Promise<void> {
    this.#cgroup.make()
    const sign = join(this.root, 'srv/lab/up')
    rmSync(sign, { force: true })
    const machine = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', 'sh', '-c', beginIn, 'lab-host', ...this.#cgroup.folders, '--', ...this.#nspawn()],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env['PATH'],
          SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
          SYSTEMD_NSPAWN_API_VFS_WRITABLE: 'network',
        },
      },
    )
    this.#machine = machine
    machine.once('close', (exit) => {
      if (exit === bootAgain && this.#isWanted) this.#up = this.#boot()
    })
    await comesUp(machine, this.name, sign)
  }

  #nspawn(): readonly string[] {
    const namespace = this.network.namespaceOf(this.number)
    return [
      'systemd-nspawn',
      '--quiet',
      '--boot',
      '--register=no',
      '--keep-unit',
      '--console=pipe',
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      '--capability=CAP_NET_ADMIN',
      `--directory=${this.root}`,
      `--machine=${namespace}`,
      `--hostname=${this.name}`,
      `--network-namespace-path=/run/netns/${namespace}`,
    ]
  }
}

/** Enters control groups, then becomes the program after "--". */
const beginIn = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs" || exit; shift; done; shift; exec "$@"'

/** The unit of the base that comes last makes a link. */
const comesUp = (machine: ChildProcess, name: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (bytes: Buffer): void => {
      said = (said + bytes.toString('latin1')).slice(-4000)
    }
    machine.stdout?.on('data', hear)
    machine.stderr?.on('data', hear)
    const watcher = watch(dirname(file), (_kind, changed) => {
      if (changed !== basename(file)) return
      watcher.close()
      resolve()
    })
    machine.once('error', reject)
    machine.once('close', () => {
      watcher.close()
      reject(new Error(`${name} did not come up: ${said}`))
    })
  })
