import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './udp-address.js'

describe('an address', () => {
  it.each([
    ['udp://localhost:4505', { host: 'localhost', port: 4505 }],
    ['udp://127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['udp://[::1]:65535', { host: '::1', port: 65_535 }],
  ])('%s', (address, parts) => {
    expect(parseAddress(address)).toEqual(parts)
    expect(formatAddress(parts)).toBe(address)
  })
})
