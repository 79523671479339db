import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { httpTransport } from './http-transport.js'
import { badFront, type Losses, type Manner } from './testing/front.js'
import { echo, everything, HttpGround } from './testing/http-ground.js'

describe('where a proxy is in the way', () => {
  const ground = new HttpGround()
  afterEach(() => ground.clear())

  const before = async (manner: Manner, losses?: Losses) => {
    const front = await badFront(await ground.listen({}, echo), manner, losses)
    ground.later(() => front.close())
    return front
  }

  it.each<Manner>(['refuses', 'is silent', 'swallows'])('that %s WebSockets, it polls', async (manner) => {
    const front = await before(manner)
    const open = await ground.dial(front.address, { connectTimeout: 2 })
    open.end('hello')
    expect((await everything(open)).toString()).toBe('hello')
    expect(front.requests()).toBeGreaterThan(2)
    // What was swallowed has come to nothing.
    expect(ground.accepted.length).toBe(1)
  })

  it.each<Manner>(['refuses', 'is silent', 'swallows'])(
    'that %s WebSockets, it does not poll unless it may',
    async (manner) => {
      const front = await before(manner)
      await expect(ground.dial(front.address, { framing: 'websocket', connectTimeout: 0.5 })).rejects.toMatchObject({
        code: 'PRV_TRANSPORT_UNREACHABLE',
      })
      expect(front.requests()).toBe(0)
    },
  )

  it('that loses requests and answers, nothing is lost and nothing comes twice', async () => {
    const { address } = await before('refuses', { requests: 5, answers: 3 })
    const sent = randomBytes(3 * 1024 * 1024)
    const open = await ground.dial(address, { silence: 20, framing: 'poll' })
    open.end(sent)
    expect((await everything(open)).equals(sent)).toBe(true)
  })

  it('and who dials gives up while it is silent, nothing is left behind', async () => {
    const { address, requests } = await before('is silent')
    const abort = new AbortController()
    const dialling = httpTransport.dial(address, ground.options({ connectTimeout: 600 }), abort.signal)
    setImmediate(() => abort.abort(new Error('told to')))
    await expect(dialling).rejects.toMatchObject({ code: 'PRV_TRANSPORT_UNREACHABLE' })
    expect(requests()).toBe(0)
    expect(ground.accepted).toEqual([])
  })

  it('that is not led to Prove, it says so', async () => {
    const listening = await ground.listen()
    await expect(ground.dial(`${listening}/elsewhere`)).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      hint: expect.stringContaining('path') as unknown,
    })
  })
})
