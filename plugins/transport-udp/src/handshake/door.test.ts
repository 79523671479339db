import { beforeEach, describe, expect, it } from 'vitest'
import { Dice } from '../testing/dice.js'
import { decode } from '../wire/decode.js'
import { encode } from '../wire/encode.js'
import type { Packet } from '../wire/packet.js'
import { Cookies } from './cookies.js'
import { Door, type DoorLimits } from './door.js'
import type { Peer } from './peer.js'

const limits: DoorLimits = {
  connections: 8,
  waiting: 6,
  waitingOfOne: 3,
  firstWord: 15_000,
  capacity: 16,
  patience: { keepAlive: 10_000, deadAfter: 30_000 },
}

const here: Peer = { address: '192.0.2.1', port: 1000 }
const word = { kind: 'stream', isProbe: true, isDone: false } as const

describe('a door', () => {
  let door: Door
  let dice: Dice

  beforeEach(() => {
    dice = new Dice(7)
    door = new Door(limits, new Cookies(0), newId)
  })

  const newId = (): string => dice.bytes(8).toString('latin1')

  const say = (packet: Packet, from: Peer, now: number): Packet | undefined => {
    const question = encode(packet)
    const { answer } = door.receive(question, from, now)
    if (answer === undefined) return
    expect(answer.length).toBeLessThanOrEqual(question.length)
    return decode(answer)
  }

  const cookieFor = (dialler: string, from: Peer, now: number) => {
    const answer = say({ kind: 'hello', dialler }, from, now)
    if (answer?.kind !== 'cookie') throw new Error('no cookie')
    return answer.cookie
  }

  const open = (dialler: string, from: Peer, now: number): Packet | undefined =>
    say({ kind: 'open', dialler, cookie: cookieFor(dialler, from, now) }, from, now)

  const enter = (dialler: string, from: Peer, now: number) => {
    const answer = open(dialler, from, now)
    if (answer?.kind !== 'welcome') throw new Error('not let in')
    return { id: answer.listener, coming: door.receive(encode({ ...word, to: answer.listener }), from, now) }
  }

  it('remembers nobody who has not brought a cookie back', () => {
    for (let i = 0; i < 1000; i++) cookieFor(newId(), here, i)
    expect(door.size).toBe(0)
  })

  it('takes a cookie from the address and the id it was made for only, while it is fresh', () => {
    const dialler = newId()
    const cookie = cookieFor(dialler, here, 0)
    expect(say({ kind: 'open', dialler, cookie }, { ...here, port: 1001 }, 1)?.kind).toBe('cookie')
    expect(say({ kind: 'open', dialler, cookie }, { ...here, address: '192.0.2.2' }, 1)?.kind).toBe('cookie')
    expect(say({ kind: 'open', dialler: newId(), cookie }, here, 1)?.kind).toBe('cookie')
    expect(say({ kind: 'open', dialler, cookie: { ...cookie, stamp: cookie.stamp + 1 } }, here, 1000)?.kind).toBe(
      'cookie',
    )
    expect(say({ kind: 'open', dialler, cookie }, here, 11_000)?.kind).toBe('cookie')
    expect(door.size).toBe(0)
    expect(say({ kind: 'open', dialler, cookie }, here, 10_000)?.kind).toBe('welcome')
  })

  it('takes a cookie of the key before, and none of the key before that', () => {
    const dialler = newId()
    const late = cookieFor(dialler, here, 29_000)
    expect(say({ kind: 'open', dialler, cookie: late }, here, 31_000)?.kind).toBe('welcome')
    const cookies = new Cookies(0)
    const old = cookies.make(here, dialler, 0)
    cookies.make(here, dialler, 31_000)
    cookies.make(here, dialler, 62_000)
    expect(cookies.isGood(old, here, dialler, 9000)).toBe(false)
  })

  it('gives the same answer to the same question, and one connection', () => {
    const dialler = newId()
    const cookie = cookieFor(dialler, here, 0)
    const first = say({ kind: 'open', dialler, cookie }, here, 0)
    expect(say({ kind: 'open', dialler, cookie }, here, 5)).toEqual(first)
    expect(door.size).toBe(1)
  })

  it('hands a connection on with its first word, once', () => {
    const { id, coming } = enter(newId(), here, 0)
    expect(coming.isNew).toBe(true)
    expect(door.receive(encode({ ...word, to: id }), here, 1).isNew).toBe(false)
    expect(door.waiting).toBe(0)
  })

  it('lets in no more than it has room for', () => {
    for (let i = 0; i < limits.connections; i++) enter(newId(), here, 0)
    const refused = open(newId(), here, 0)
    expect(refused).toMatchObject({ kind: 'refusal', isFull: true })
    expect(door.size).toBe(limits.connections)
  })

  it('lets one address have only some who say nothing, and forgets them', () => {
    for (let i = 0; i < limits.waitingOfOne; i++) expect(open(newId(), here, 0)?.kind).toBe('welcome')
    expect(open(newId(), here, 0)).toMatchObject({ kind: 'refusal', isFull: true })
    expect(open(newId(), { ...here, address: '192.0.2.2' }, 0)?.kind).toBe('welcome')
    expect(open(newId(), here, limits.firstWord - 1)).toMatchObject({ kind: 'refusal', isFull: true })
    expect(open(newId(), here, limits.firstWord)?.kind).toBe('welcome')
    expect(door.size).toBe(1)
  })

  it('keeps the latest when many addresses say nothing', () => {
    for (let i = 0; i < 50; i++) open(newId(), { ...here, address: `198.51.100.${i}` }, i)
    expect(door.waiting).toBe(limits.waiting)
    expect(enter(newId(), here, 50).coming.isNew).toBe(true)
  })

  it('heeds nobody who does not know the id, or comes from elsewhere', () => {
    const { id, coming } = enter(newId(), here, 0)
    const elsewhere = { ...here, port: 1001 }
    for (let i = 0; i < 1000; i++) {
      expect(say({ kind: 'reset', to: newId() }, here, i)?.kind).toBe('gone')
      say({ kind: 'gone', unknown: newId() }, here, i)
    }
    expect(say({ kind: 'reset', to: id }, elsewhere, 1000)?.kind).toBe('gone')
    expect(coming.seat?.stream.state).toBe('open')
    door.receive(encode({ kind: 'reset', to: id }), here, 1001)
    expect(coming.seat?.stream.failure).toBe('reset')
  })

  it('lets nobody in when it is shut, and those who are in stay', () => {
    const { id } = enter(newId(), here, 0)
    const dialler = newId()
    const cookie = cookieFor(dialler, here, 0)
    door.shut()
    expect(say({ kind: 'hello', dialler }, here, 1)).toMatchObject({ kind: 'refusal', isFull: false })
    expect(say({ kind: 'open', dialler, cookie }, here, 1)).toMatchObject({ kind: 'refusal', isFull: false })
    expect(door.receive(encode({ ...word, to: id }), here, 1).seat?.stream.state).toBe('open')
    door.reopen({ ...limits, connections: 2 })
    expect(open(newId(), here, 2)?.kind).toBe('welcome')
    expect(open(newId(), here, 2)).toMatchObject({ kind: 'refusal', isFull: true })
  })
})
