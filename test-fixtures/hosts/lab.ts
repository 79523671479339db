import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../find-program.js'
import { type Base, makeBase } from './base.js'
import { cgroupMount } from './cgroup.js'
import { LabHost } from './lab-host.js'
import { type LabPlace, takePlace } from './lab-place.js'
import type { Link } from './network.js'

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
    private readonly place: LabPlace,
  ) {}

  /** Makes what all hosts share, where that has not been done yet on this machine. */
  static async open(): Promise<Lab> {
    const base = await makeBase()
    allowManyHosts()
    return new Lab(base, await takePlace())
  }

  get hosts(): readonly LabHost[] {
    return this.#hosts
  }

  /** The address of this machine that hosts see. */
  get controller(): string {
    return this.place.network.controller
  }

  /** The key that everybody on a host is let in with. */
  get key(): string {
    return this.base.key
  }

  get knownHosts(): string {
    return join(this.place.folder, 'known_hosts')
  }

  /** A configuration of ssh that knows the hosts by their names. */
  get sshConfig(): string {
    return join(this.place.folder, 'ssh_config')
  }

  /** Boots hosts beside those that are there; resolves once all of them answer. */
  async boot(count: number): Promise<readonly LabHost[]> {
    const first = this.#hosts.length + 1
    const booted = Array.from({ length: count }, (_, index) => {
      const number = first + index
      return new LabHost(number, join(this.place.folder, `h${number}`), this.base, this.place.network)
    })
    this.#hosts.push(...booted)
    await Promise.all(booted.map((host) => host.create()))
    this.#writeSshFiles()
    return booted
  }

  async link(link: Partial<Link>): Promise<void> {
    await this.place.network.link(link)
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.remove()))
    await this.place.leave()
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
