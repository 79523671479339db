import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './zmq-address.js'

describe('an address', () => {
  it.each([
    ['zmq://localhost:4505', { host: 'localhost', port: 4505 }],
    ['zmq://127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['zmq://[::1]:65535', { host: '::1', port: 65_535 }],
  ])('%s', (address, parts) => {
    expect(parseAddress(address)).toEqual(parts)
    expect(formatAddress(parts)).toBe(address)
  })
})
