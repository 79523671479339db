import type { Transport } from '@prove/core'

/** A transport whose addresses lead through a server that takes `/PORT/path` for `/path` at that port behind it. */
export const behind = <T extends Transport>(transport: T, port: number): T => ({
  ...transport,
  listen: async (...[address, options, accept]: Parameters<T['listen']>) => {
    const listener = await transport.listen(address.replace(outside, 'http://127.0.0.1:$1'), options, accept)
    return {
      address: listener.address.replace(inside, `http://127.0.0.1:${port}/$1`),
      close: () => listener.close(),
    }
  },
})

const inside = /^http:\/\/127\.0\.0\.1:(\d+)/

const outside = /^http:\/\/127\.0\.0\.1:\d+\/(\d+)/
