import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Base, labRoot, makeBase } from './base.js'
import { Cgroup, cgroupMount } from './cgroup.js'
import { attempt } from './command.js'
import { hold } from './hold.js'
import { findProgram } from '../find-program.js'
import { LabHost } from './lab-host.js'
import { LabNetwork, type Link } from './network.js'

const mostLabs = 16

/** Programs, and the packages of Debian that they come with. */
const programs = [
  ['mmdebstrap', 'mmdebstrap'],
  ['systemd-nspawn', 'systemd-container'],
  ['ip', 'iproute2'],
  ['ssh-keygen', 'openssh-client'],
  ['cc', 'gcc libc6-dev'],
] as const

/**
 * Real Debian hosts on this machine. Several labs can be open at the same time. A lab ends with `close`, or with this process, however
 * that ends: what then is left is removed by the next lab that takes its place.
 */
export class Lab {
  readonly #hosts: LabHost[] = []

  private constructor(
    private readonly base: Base,
    private readonly network: LabNetwork,
    private readonly folder: string,
    private readonly release: () => void,
  ) {}

  /** Makes what all hosts share, where that has not been done yet on this machine. */
  static async open(): Promise<Lab> {
    const base = await makeBase()
    for (let slot = 0; slot < mostLabs; slot++) {
      const held = await hold(join(labRoot, `lab-${slot}`))
      if (held === undefined) continue
      const folder = join(labRoot, `hosts-${slot}`)
      const network = new LabNetwork(slot, base.delayLine)
      await removeRemains(slot, folder, network)
      mkdirSync(folder)
      allowManyHosts()
      await network.up()
      return new Lab(base, network, folder, held.release)
    }
    throw new Error(`${mostLabs} labs are open`)
  }

  get hosts(): readonly LabHost[] {
    return this.#hosts
  }

  /** The address of this machine that hosts see. */
  get controller(): string {
    return this.network.controller
  }

  /** The key that everybody on a host is let in with. */
  get key(): string {
    return this.base.key
  }

  get knownHosts(): string {
    return join(this.folder, 'known_hosts')
  }

  /** A configuration of ssh that knows the hosts by their names. */
  get sshConfig(): string {
    return join(this.folder, 'ssh_config')
  }

  /** Boots hosts beside those that are there; resolves once all of them answer. */
  async boot(count: number): Promise<readonly LabHost[]> {
    const first = this.#hosts.length + 1
    const booted = Array.from({ length: count }, (_, index) => {
      const number = first + index
      return new LabHost(number, join(this.folder, `h${number}`), this.base, this.network)
    })
    this.#hosts.push(...booted)
    await Promise.all(booted.map((host) => host.create()))
    this.#writeSshFiles()
    return booted
  }

  async link(link: Partial<Link>): Promise<void> {
    await this.network.link({ roundTrip: 0, loss: 0, ...link })
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.remove()))
    await this.network.down()
    rmSync(this.folder, { recursive: true, force: true })
    this.release()
  }

  #writeSshFiles(): void {
    const known = this.#hosts.map((host) => `${host.name},${host.address} ${host.publicKey}\n`)
    writeFileSync(this.knownHosts, known.join(''))
    const named = this.#hosts.map((host) => `Host ${host.name}\n  HostName ${host.address}\n`)
    const all = `Host *\n  User root\n  IdentityFile ${this.key}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${this.knownHosts}\n  LogLevel ERROR\n`
    writeFileSync(this.sshConfig, named.join('') + all)
  }
}

/** Why there can be no lab here; undefined where there can. */
export const whyNoLab = (): string | undefined => {
  if (process.platform !== 'linux') return 'the lab needs Linux'
  if (process.getuid?.() !== 0) return 'the lab needs root'
  if (cgroupMount() === undefined) return 'the lab needs control groups of version 2'
  const missing = programs.filter(([name]) => findProgram(name) === undefined).map(([, from]) => from)
  return missing.length === 0 ? undefined : `the lab needs: apt-get install ${missing.join(' ')}`
}

/** Root of every host is the same user to the kernel: what each watches of files adds up. */
const allowManyHosts = (): void => {
  const limit = '/proc/sys/fs/inotify/max_user_instances'
  if (Number(readFileSync(limit, 'utf8')) < 8192) writeFileSync(limit, '8192')
}

/** What a process that was killed has left of the lab it had. */
const removeRemains = async (slot: number, folder: string, network: LabNetwork): Promise<void> => {
  const groups = join(cgroupMount() ?? '', 'prove-lab')
  const names = [groups, '/run/netns'].flatMap((path) => (existsSync(path) ? readdirSync(path) : []))
  for (const name of new Set(names.filter((each) => each.startsWith(`prove-${slot}-`)))) {
    const group = new Cgroup(name)
    group.kill()
    await group.remove()
    await network.removeHost(Number(name.split('-')[2]))
  }
  const mounted = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const path of mounted.filter((each) => each.startsWith(`${folder}/`))) await attempt('umount', ['--lazy', path])
  await network.down()
  rmSync(folder, { recursive: true, force: true })
}
