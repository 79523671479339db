import { Duplex } from 'node:stream'
import { definePlugin, type Plugin, type Transport } from '@prove/core'
import { tcpTransport } from '@prove/transport-tcp'

/** Counts what passes over all connections that it dials, and cuts one of them once. */
export class Cutter {
  /** Pieces that have passed so far, in both directions. */
  passed = 0
  hasCut = false

  /** `after`: behind so many pieces; what was the last of them still arrives. */
  constructor(private readonly after: number) {}

  /** For addresses that begin with `cut://`, in place of `tcp://`. */
  readonly plugin: Plugin = definePlugin({ name: 'cutting', core: '^0.1.0', transports: [this.#transport()] })

  #transport(): Transport {
    const tcp = tcpTransport as unknown as Transport
    const inner = (address: string): string => address.replace(/^cut:/, 'tcp:')
    return {
      ...tcp,
      name: 'cut',
      listen: (address, options, accept) => tcp.listen(inner(address), options, accept),
      dial: async (address, options, signal) => this.#through(await tcp.dial(inner(address), options, signal)),
    }
  }

  #through(stream: Duplex): Duplex {
    const pass = (): void => {
      this.passed += 1
      if (this.passed !== this.after || this.hasCut) return
      this.hasCut = true
      // In the middle of everything, and for both sides.
      setImmediate(() => {
        stream.destroy()
        outer.destroy()
      })
    }
    const outer = new Duplex({
      read: () => stream.resume(),
      write: (chunk: Buffer, _encoding, done) => {
        stream.write(chunk, () => done())
        pass()
      },
      final: (done) => void stream.end(done),
      destroy: (error, done) => {
        stream.destroy()
        done(error)
      },
    })
    stream.on('data', (chunk: Buffer) => {
      if (!outer.push(chunk)) stream.pause()
      pass()
    })
    stream.on('end', () => outer.push(null))
    stream.on('error', () => outer.destroy())
    stream.on('close', () => outer.destroy())
    return outer
  }
}
