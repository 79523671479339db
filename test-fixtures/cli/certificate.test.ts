import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, invocationsOf, Place, summaryOf, textOf } from './prove.js'

const example = join(import.meta.dirname, '../../examples/certificate')

let place: Place

/** The example, with its folder in this place. */
const take = (name: string): void => {
  const text = readFileSync(join(example, name), 'utf8').replaceAll('/tmp/prove-certificate', place.path('web'))
  place.write(name, text)
}

const apply = (name: string): Promise<Ended> => place.prove(['apply', name, '-o', 'json'])

/** The states that changed, in order, without their file. */
const changed = (ended: Ended): readonly string[] =>
  invocationsOf(ended)
    .filter(({ outcome }) => outcome === 'changed')
    .map(({ state }) => state.slice(state.indexOf(':') + 1))

const story = ['vhost', 'reload', 'certificate', 'vhost', 'reload']
const config = (): string => textOf(place.path('web/blog.conf'))

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

describe('the certificate story', () => {
  beforeEach(() => take('site.yml'))

  it('is foretold in its order', async () => {
    const planned = await place.prove(['plan', 'site.yml', '-o', 'json'])
    const lines = invocationsOf(planned).filter(({ outcome }) => outcome === 'would-change')
    expect(lines.map(({ state }) => state)).toEqual(['folder', ...story].map((name) => `site:${name}`))
    expect(lines.map(({ confidence }) => confidence)).toEqual([
      'sure',
      'sure',
      'sure',
      'conditional',
      'conditional',
      'conditional',
    ])
    expect(existsSync(place.path('web'))).toBe(false)
  })

  it('runs in its order, keeps TLS in two round trips, and heals when the certificate is gone', async () => {
    expect(changed(await apply('site.yml'))).toEqual(['folder', ...story])
    expect(config()).toContain('ssl_certificate blog.pem')

    const again = await apply('site.yml')
    expect(changed(again)).toEqual([])
    expect(summaryOf(again).targets['local']).toMatchObject({ outcome: 'ok', roundTrips: 2 })
    expect(config()).toContain('ssl_certificate blog.pem')

    rmSync(place.path('web/blog.pem'))
    expect(changed(await apply('site.yml'))).toEqual(story)
    expect(config()).toContain('ssl_certificate blog.pem')
    expect(textOf(place.path('web/served.log'))).toBe('serves plain text\nserves TLS\nserves plain text\nserves TLS\n')
  })
})

it('the variant that passes paths only by a notification ends as unstable, and says why', async () => {
  take('by-with.yml')
  const ended = await apply('by-with.yml')
  expect(ended.exit).toBe(2)
  expect(changed(ended)).toEqual(['folder', ...story])
  expect(summaryOf(ended).targets['local']).toMatchObject({ outcome: 'unstable' })
  const line = invocationsOf(ended).find(({ outcome }) => outcome === 'unstable')
  expect(line).toMatchObject({ state: 'by-with:vhost', with: { certificate: place.path('web/shop.pem') } })
  expect(line?.reason).toContain('by-with:certificate gave it certificate')
})
