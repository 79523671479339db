import { makeIdentity } from '@prove/core/identity'
import { describe, expect, it } from 'vitest'
import { linkedEnds } from '../testing/both-ends.js'
import { greet, type Greeting } from './greet.js'

const identities = [makeIdentity(), makeIdentity()] as const

const greeting = (role: 'agent' | 'master', more: Partial<Greeting> = {}): Greeting => ({
  own: { role, version: '0.1.0', name: role },
  judge: () => undefined,
  timeout: 10_000,
  ...more,
})

const both = async (one: Greeting, other: Greeting) => {
  const [here, there] = await linkedEnds(identities)
  const settled = await Promise.allSettled([greet(here, one), greet(there, other)])
  return { here, there, settled }
}

const no = { code: 'PRV_LINK_REFUSED', message: 'not you', hint: 'go away' }
const refused = expect.objectContaining({ code: 'PRV_LINK_REFUSED' }) as Error

describe('a greeting', () => {
  it('comes about when both agree', async () => {
    const { here, there, settled } = await both(greeting('master'), greeting('agent'))
    expect(settled).toMatchObject([{ value: { hello: { role: 'agent' } } }, { value: { hello: { role: 'master' } } }])
    here.destroy()
    there.destroy()
  })

  it.each([
    ['the master', greeting('master', { judge: () => no }), greeting('agent')],
    ['the agent', greeting('master'), greeting('agent', { judge: () => no })],
    ['both', greeting('master', { judge: () => no }), greeting('agent', { judge: () => no })],
  ])('does not when %s does not want it, and both know why', async (_who, one, other) => {
    const { here, there, settled } = await both(one, other)
    for (const each of settled) expect(each).toMatchObject({ status: 'rejected', reason: refused })
    await Promise.all([here.closed, there.closed])
  })

  it('does not between two of a kind', async () => {
    const { settled } = await both(greeting('agent'), greeting('agent'))
    for (const each of settled) expect(each).toMatchObject({ status: 'rejected', reason: refused })
  })

  it('does not with someone who asks before it', async () => {
    const [here, there] = await linkedEnds(identities)
    const asked = greet(here, greeting('agent'))
    await there.send({ kind: 'interrupt', id: 'a'.repeat(32), times: 1 })
    await expect(asked).rejects.toMatchObject({ code: 'PRV_LINK_PROTOCOL' })
    there.destroy()
  })

  it('does not with someone who says nothing', async () => {
    const [here, there] = await linkedEnds(identities)
    await expect(greet(here, greeting('agent', { timeout: 50 }))).rejects.toMatchObject({ code: 'PRV_LINK_LOST' })
    there.destroy()
  })

  it('does not with someone who says far too much', async () => {
    const [here, there] = await linkedEnds(identities)
    const asked = greet(here, greeting('agent'))
    const version = 'x'.repeat(200_000)
    there.send({ kind: 'hello', role: 'master', protocol: 1, version, name: 'm' }).catch(() => undefined)
    await expect(asked).rejects.toMatchObject({ code: 'PRV_LINK_PROTOCOL' })
    there.destroy()
  })
})

describe('a link', () => {
  it('stays while both say that they are there', async () => {
    const [here, there] = await linkedEnds(identities, { alive: 20, silence: 60_000 })
    const read = [here.incoming().next(), there.incoming().next()]
    for (const each of read) each.catch(() => undefined)
    // A message of each has come, of which nobody else is told.
    while (here.received === 0 || there.received === 0) await new Promise((resume) => setTimeout(resume, 5))
    here.destroy()
    await Promise.allSettled(read)
  })

  it('does not take its own standing still for silence of the other side', async () => {
    const [here, there] = await linkedEnds(identities, { alive: 50, silence: 300 })
    const incoming = here.incoming()
    const next = incoming.next()
    const others = there.incoming().next()
    others.catch(() => undefined)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
    // Whoever would be given up is given up before this: timers come first.
    await new Promise((resume) => setTimeout(resume, 0))
    await there.send({ kind: 'ready' })
    expect((await next).value).toEqual({ kind: 'ready' })
    here.destroy()
    await Promise.allSettled([others])
  })

  it('gives the other side up that has been silent for too long', async () => {
    const [here, there] = await linkedEnds(identities, { alive: 400, silence: 100 })
    await expect(here.incoming().next()).rejects.toMatchObject({ code: 'PRV_LINK_LOST' })
    there.destroy()
  })
})
