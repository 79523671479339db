import type { Transport } from '@prove/core'
import { transportSuite } from '@prove/core/testing'
import { udpRelay, type Weather } from './testing/udp-relay.js'
import { udpTransport } from './udp-transport.js'

const weather: Weather = { delay: 1, loss: 0.05, duplication: 0.05, reordering: 0.1, lateness: 4 }

/** The same transport, but that each connection goes through a bad network of its own. */
const overWeather: Transport<typeof udpTransport.options> = {
  ...udpTransport,
  async dial(address, options, signal) {
    const relay = await udpRelay(address, weather).catch(() => undefined)
    if (relay === undefined) return udpTransport.dial(address, options, signal)
    try {
      const connection = await udpTransport.dial(relay.address, options, signal)
      // Last words still have to get through.
      return connection.once('close', () => setTimeout(() => void relay.close(), 1000).unref())
    } catch (error) {
      await relay.close()
      throw error
    }
  },
}

transportSuite(overWeather, {
  address: () => 'udp://127.0.0.1:0',
  options: { connectTimeout: 3 },
  timeout: 240_000,
  malformed: ['udp://'],
})
