import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { skipOrFail } from '../shells.js'
import { Sshd, whySshdIsMissing } from '../sshd.js'
import { Place, targetOf } from './prove.js'

const missing = whySshdIsMissing()
const program = fileURLToPath(new URL('../counting-ssh/ssh.mjs', import.meta.url))

describe('round trips, as a witness on the way counts them', () => {
  if (missing !== undefined) return it('are as told', (ctx) => skipOrFail(ctx, missing))
  let sshd: Sshd
  let place: Place
  beforeAll(async () => {
    sshd = await Sshd.start()
  })
  afterAll(() => sshd.stop())
  beforeEach(() => {
    place = new Place()
    const options = { ...sshd.options, program }
    place.write(
      'prove.config.json',
      JSON.stringify({ targets: { web1: { host: sshd.host, executor: 'openssh', options } } }),
    )
    const files = Array.from({ length: 40 }, (_, i) => [
      `f${i}`,
      { 'file.managed': { path: place.path(`d/f${i}`), content: `${i}\n` }, requires: 'd' },
    ])
    place.states({
      d: { 'file.directory': place.path('d') },
      ...(Object.fromEntries(files) as object),
      c: { 'cmd.run': { command: `touch ${place.path('c')}`, creates: place.path('c') } },
    })
  })
  afterEach(() => place.remove())

  /** What Prove tells, and what was seen on the way. */
  const trips = async (command: string): Promise<readonly [told: number, seen: number]> => {
    const env = { PROVE_TRIPS: place.path('trips'), XDG_CACHE_HOME: place.path('.cache') }
    const ended = await place.prove([command, 'site.yml', '-o', 'json'], env)
    return [targetOf(ended, 'web1').roundTrips, Number(readFileSync(place.path('trips'), 'utf8'))]
  }

  /** A plan of what it has asked before. Its facts may have changed meanwhile, for other tests make users and devices. */
  const idle = async (command: string): Promise<readonly [told: number, seen: number]> => {
    for (let tries = 1; ; tries++) {
      const [told, seen] = await trips(command)
      if (told === 1 || tries === 5) return [told, seen]
    }
  }

  it('are two for a plan of a host that was never asked, and one where its facts are known', async () => {
    expect(await trips('plan')).toEqual([2, 2])
    expect(await idle('plan')).toEqual([1, 1])
  })

  it('are as many as told where something changes, and one where nothing does', async () => {
    const [told, seen] = await trips('apply')
    // The release of the lock is not counted: nobody waits for it but to say goodbye.
    expect([told, told + 1]).toContain(seen)
    expect(await idle('plan')).toEqual([1, 1])
    const [toldIdle, seenIdle] = await idle('apply')
    expect(toldIdle).toBe(1)
    expect([1, 2]).toContain(seenIdle)
  })
})
