import type { Target } from '@prove/catalog'
import { describe, expect, it } from 'vitest'
import { type Meeting, meetingOf } from './meeting-of.js'

const nothing: Meeting = { listen: [], dial: [] }

const usual: Meeting = { listen: ['tcp://0.0.0.0:4505'], dial: [] }

const targetWith = (options?: object): Target =>
  ({ name: 'web1', declared: { input: { host: 'web1', executor: 'agent', options } } }) as unknown as Target

describe('meetingOf', () => {
  it.each([
    ['no options', undefined, usual],
    ['no address', { ssh: {} }, usual],
    ['an address', { address: 'zmq://192.0.2.10:4510' }, { listen: ['zmq://0.0.0.0:4510'], dial: [] }],
    ['a path', { address: 'http://web1:80/prove' }, { listen: ['http://0.0.0.0:80/prove'], dial: [] }],
    ['IPv6', { address: 'udp://[2001:db8::1]:4505' }, { listen: ['udp://[::]:4505'], dial: [] }],
  ])('tells what to listen at from a target with %s', (_title, options, expected) => {
    expect(meetingOf(targetWith(options), nothing)).toEqual(expected)
  })

  it.each([
    [{ listen: ['tcp://10.0.0.1:1'], dial: [] }, { address: 'zmq://192.0.2.10:4510' }],
    [{ listen: ['http://127.0.0.1:4505/prove'], dial: [] }, { address: 'https://web1/prove' }],
    [{ listen: [], dial: ['tcp://10.0.0.5:4505'] }, { listen: 'tcp://0.0.0.0:4505' }],
  ])('obeys what was asked for: %j', (asked, options) => {
    expect(meetingOf(targetWith(options), asked)).toBe(asked)
  })

  it.each([
    ['--dial', { listen: 'tcp://0.0.0.0:4505' }],
    ['--listen', { address: 'https://web1.example.com/prove' }],
    ['--listen', { address: 'web1' }],
  ])('says that %s is missing: %j', (flag, options) => {
    expect(() => meetingOf(targetWith(options), nothing)).toThrowError(
      expect.objectContaining({ code: 'PRV_USAGE', hint: expect.stringContaining(flag) }),
    )
  })
})
