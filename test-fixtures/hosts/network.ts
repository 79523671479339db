import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { attempt, command } from './command.js'

/** How the way between the controller and the hosts is. */
export interface Link {
  /** Milliseconds; 0 for as fast as this machine is. */
  readonly roundTrip: number
  /** Frames lost on each way, of a hundred; and those that come twice, and those that what comes behind them overtakes. */
  readonly loss: number
  readonly duplication: number
  readonly reordering: number
}

const widest = '10.203.0.0/16'

/** Both ends know each other's address in hardware for good: no asking for it distorts a measured round trip. */
const hardware = (slot: number, host: number): string =>
  ['02', '0b', 'cb', ...[slot, host >> 8, host & 255].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')

/** A bridge with the hosts of one lab on it, and an address of this machine. Nothing is forwarded off the machine. */
export class LabNetwork {
  readonly controller: string
  #delaying: ChildProcess | undefined
  readonly #hosts = new Set<number>()

  constructor(
    readonly slot: number,
    private readonly delayLine: string,
  ) {
    this.controller = `10.203.${slot}.254`
  }

  addressOf(host: number): string {
    return `10.203.${this.slot}.${host}`
  }

  namespaceOf(host: number): string {
    return `prove-${this.slot}-${host}`
  }

  async up(): Promise<void> {
    // What no device of a lab answers for must not leave by the way to the network.
    await command('ip', ['route', 'replace', 'unreachable', widest, 'metric', '42949'])
    await command('ip', [
      'link',
      'add',
      this.#device('b'),
      'type',
      'bridge',
      'stp_state',
      '0',
      'forward_delay',
      '0',
      'mcast_snooping',
      '0',
    ])
    withoutIpv6(this.#device('b'))
    await command('ip', ['link', 'set', this.#device('b'), 'up'])
    await this.link({})
  }

  /** Makes the way to the hosts as asked, and else as good as it can be; connections that are open go on over it. */
  async link({ roundTrip = 0, loss = 0, duplication = 0, reordering = 0 }: Partial<Link>): Promise<void> {
    await this.#endDelay()
    const [controller, port] = [this.#device('c'), this.#device('p')]
    const shares = [loss, duplication, reordering]
    if (roundTrip === 0 && shares.every((share) => share === 0)) {
      await command('ip', [
        'link',
        'add',
        controller,
        'address',
        hardware(this.slot, 254),
        'type',
        'veth',
        'peer',
        'name',
        port,
      ])
    } else {
      for (const device of [controller, port]) await command('ip', ['tuntap', 'add', device, 'mode', 'tap', 'vnet_hdr'])
      await command('ip', ['link', 'set', controller, 'address', hardware(this.slot, 254)])
      const perMillion = shares.map((share) => Math.round(share * 10_000))
      await this.#delay([controller, port, ...[Math.round(roundTrip * 500), ...perMillion].map(String)])
    }
    for (const device of [controller, port]) withoutIpv6(device)
    const neighbours = [...this.#hosts].map((host) => `${this.#neighbour(host)}\n`)
    await command(
      'ip',
      ['-batch', '-'],
      `link set ${port} master ${this.#device('b')} up\naddr add ${this.controller}/24 dev ${controller}\nlink set ${controller} up\n${neighbours.join('')}`,
    )
  }

  /** A network namespace with the address of a host. */
  async addHost(host: number): Promise<void> {
    const namespace = this.namespaceOf(host)
    const device = this.deviceOf(host)
    await command('ip', ['netns', 'add', namespace])
    await command('ip', ['link', 'add', device, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace])
    withoutIpv6(device)
    await command(
      'ip',
      ['-n', namespace, '-batch', '-'],
      [
        'link set lo up',
        `addr add ${this.addressOf(host)}/24 dev eth0`,
        `link set eth0 address ${hardware(this.slot, host)} up`,
        `neigh replace ${this.controller} lladdr ${hardware(this.slot, 254)} dev eth0 nud permanent\n`,
      ].join('\n'),
    )
    await command(
      'ip',
      ['-batch', '-'],
      `link set ${device} master ${this.#device('b')} up\n${this.#neighbour(host)}\n`,
    )
    this.#hosts.add(host)
  }

  async removeHost(host: number): Promise<void> {
    this.#hosts.delete(host)
    await attempt('ip', ['netns', 'del', this.namespaceOf(host)])
    await attempt('ip', ['link', 'del', this.deviceOf(host)])
  }

  async down(): Promise<void> {
    await this.#endDelay()
    await attempt('ip', ['link', 'del', this.#device('b')])
  }

  deviceOf(host: number): string {
    return this.#device(`h${host}`)
  }

  #device(name: string): string {
    return `prv${this.slot}${name}`
  }

  #neighbour(host: number): string {
    return `neigh replace ${this.addressOf(host)} lladdr ${hardware(this.slot, host)} dev ${this.#device('c')} nud permanent`
  }

  async #delay(words: readonly string[]): Promise<void> {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', this.delayLine, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('close', () => reject(new Error(`the delay line ended: ${said}`)))
    })
    this.#delaying = child
  }

  async #endDelay(): Promise<void> {
    const child = this.#delaying
    this.#delaying = undefined
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
    for (const name of ['c', 'p']) await attempt('ip', ['link', 'del', this.#device(name)])
  }
}

const withoutIpv6 = (device: string): void => {
  writeFileSync(`/proc/sys/net/ipv6/conf/${device}/disable_ipv6`, '1')
}
