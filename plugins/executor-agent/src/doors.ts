import type { Duplex } from 'node:stream'
import { type AgentDestination, type Listener, ProveError, type Transport } from '@prove/core'
import { admit, type Hello, type KeyRing, type Refusal, Strangers } from '@prove/link'
import type { AgentLink } from './agent-link.js'
import { greetAgent, linked } from './meet.js'

/** One target that waits for its agent to dial. */
interface Waiting {
  readonly transport: Transport
  readonly options: Readonly<Record<string, unknown>>
  readonly address: string
  readonly ring: KeyRing
  readonly to: AgentDestination
  /** The fingerprint that is wanted, where the target names one. */
  readonly key: string | undefined
  readonly seconds: number
}

interface Waiter extends Waiting {
  readonly come: (link: AgentLink) => void
}

/** Where agents come in that dial: one listener for all targets that wait at an address, open as long as one does. */
export class Doors {
  readonly #doors = new Map<string, Door>()

  /** The link to the agent of a target. Throws PRV_TARGET_UNREACHABLE when it does not come. */
  async wait(waiting: Waiting): Promise<AgentLink> {
    const { address, to, seconds } = waiting
    const door = this.#doors.get(address) ?? new Door(waiting)
    this.#doors.set(address, door)
    let end: () => void = () => undefined
    try {
      return await new Promise<AgentLink>((come, fail) => {
        const silent = (): void => fail(absent(to.target, address, seconds, door.lastRefusal))
        const timer = setTimeout(silent, seconds * 1000)
        const abort = (): void => fail(to.signal?.reason as Error)
        to.signal?.addEventListener('abort', abort, { once: true })
        const leave = door.enter({ ...waiting, come }, fail)
        end = () => {
          clearTimeout(timer)
          to.signal?.removeEventListener('abort', abort)
          leave()
        }
      })
    } finally {
      end()
      if (door.isEmpty) {
        this.#doors.delete(address)
        await door.close()
      }
    }
  }
}

class Door {
  readonly #waiters = new Set<Waiter>()
  readonly #listening: Promise<Listener>
  readonly #strangers = new Strangers(256)
  /** Why one was not let in: it may be the one that is waited for. */
  lastRefusal: string | undefined

  constructor({ transport, address, options }: Waiting) {
    this.#listening = transport.listen(address, options, (stream) => void this.#accept(stream))
    this.#listening.catch(() => undefined)
  }

  get isEmpty(): boolean {
    return this.#waiters.size === 0
  }

  enter(waiter: Waiter, fail: (error: unknown) => void): () => void {
    this.#waiters.add(waiter)
    this.#listening.catch(fail)
    return () => this.#waiters.delete(waiter)
  }

  async close(): Promise<void> {
    await this.#listening.then(
      (listener) => listener.close(),
      () => undefined,
    )
  }

  async #accept(stream: Duplex): Promise<void> {
    stream.on('error', () => undefined)
    const known = this.#strangers.enter(stream)
    await this.#meet(stream)
      .catch((error: unknown) => {
        if (error instanceof ProveError) this.lastRefusal = error.message
        stream.destroy()
      })
      .finally(known)
  }

  async #meet(stream: Duplex): Promise<void> {
    const [first] = this.#waiters
    if (first === undefined) return void stream.destroy()
    const { ring, to } = first
    let found: Waiter | undefined
    const judge = (hello: Hello, peer: string): Refusal | undefined => {
      found = [...this.#waiters].find(({ key }) => key === peer)
      if (found !== undefined && !ring.isRevoked(peer)) return undefined
      const admitted = admit(ring, { peer, hello })
      if ('refusal' in admitted) return admitted.refusal
      found = [...this.#waiters].find((waiter) => waiter.key === undefined && waiter.to.target === admitted.key.name)
      return found === undefined ? nobodyWaits : undefined
    }
    const met = await greetAgent(stream, { ring, to: { owner: to.owner }, dialled: false, judge })
    // Whoever waited may have gone meanwhile, or have been found by another link.
    if (found === undefined || !this.#waiters.delete(found)) return met.connection.destroy()
    found.come(linked(met, found.to, ring))
  }
}

const nobodyWaits = {
  code: 'PRV_LINK_REFUSED',
  message: 'no run of the master waits for this agent now',
  hint: 'nothing is wrong: it will be let in when one does',
}

const absent = (target: string, address: string, seconds: number, refusal: string | undefined): ProveError =>
  new ProveError('PRV_TARGET_UNREACHABLE', `the agent of "${target}" did not come to ${address} within ${seconds} s`, {
    hint:
      refusal === undefined
        ? 'check that it runs there, and that its "dial" leads to this address'
        : `one was not let in: ${refusal}`,
  })
