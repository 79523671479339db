import { transportSuite } from '@prove/core/testing'
import { strangerAt } from './testing/stranger.js'
import { udpRelay } from './testing/udp-relay.js'
import { udpTransport } from './udp-transport.js'

transportSuite(udpTransport, {
  address: () => 'udp://127.0.0.1:0',
  // What is cut is noticed by silence alone.
  options: { connectTimeout: 2, keepAlive: 0.3, deadAfter: 1.5 },
  malformed: ['udp://', 'udp://127.0.0.1', 'udp://127.0.0.1:99999', 'http://127.0.0.1:80', '127.0.0.1:80'],
  relay: (listening) => udpRelay(listening),
  stranger: strangerAt,
})
