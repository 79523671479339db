import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, eventsOf, invocationsOf, Place, targetOf } from './prove.js'

const plugin = fileURLToPath(new URL('../watch-plugin/index.js', import.meta.url))

let place: Place
beforeEach(() => {
  place = new Place()
})
afterEach(() => place.remove())

const configure = (withoutAgent?: 'fail' | 'skip'): void => {
  const targets = { web1: { executor: 'local' }, web2: { executor: 'local' } }
  const plugins = ['@prove/executor-local', '@prove/loader-yaml', '@prove/state-file', plugin]
  place.write('prove.config.json', JSON.stringify({ plugins, targets, withoutAgent }))
  place.states({
    f: { 'file.managed': { path: place.path('f'), content: 'x' } },
    eye: { 'watch.watched': place.path('f') },
    g: { 'file.managed': { path: place.path('g'), content: 'x' }, requires: 'eye' },
  })
}

const outcomesOn = (ended: Ended, target: string): readonly string[] =>
  invocationsOf(ended)
    .filter((event) => event.target === target)
    .map(({ state, outcome }) => `${state} ${outcome}`)

describe.each(['plan', 'apply'])('%s of a state that needs an agent', (command) => {
  it('warns once, before anything is done, and says where the state is', async () => {
    configure()
    const ended = await place.prove([command, 'site.yml', '-o', 'json'])
    const events = eventsOf(ended)
    const warnings = events.flatMap((event, i) =>
      event.type === 'target' && event.event === 'warning' ? [{ ...event, i }] : [],
    )
    expect(warnings).toHaveLength(1)
    expect(warnings[0]?.error).toMatchObject({ code: 'PRV_STATE_NEEDS_AGENT', place: { file: place.path('site.yml') } })
    expect(warnings[0]?.error?.message).toMatch(/site:eye.*watch\.watched.*"local".*fails/)
    const first = events.findIndex((event) => event.type === 'invocation')
    expect(warnings[0]?.i).toBeLessThan(first)
    expect((await place.prove([command, 'site.yml'])).stdout).toMatch(/\? site:eye .*\n.*site\.yml:\d/)
  })

  it('fails it unless told, and what requires it is skipped', async () => {
    configure()
    const ended = await place.prove([command, 'site.yml', '-o', 'json'])
    expect(targetOf(ended, 'web1').outcome).toBe('failed')
    expect(ended.exit).toBe(2)
    const [, eye, g] = outcomesOn(ended, 'web1')
    expect([eye, g]).toEqual(['site:eye failed', 'site:g skipped'])
    expect(existsSync(place.path('g'))).toBe(false)
  })

  it('leaves it out where a guard keeps it from running', async () => {
    configure()
    place.states({ eye: { 'watch.watched': place.path('f'), creates: place.path('prove.config.json') } })
    const ended = await place.prove([command, 'site.yml', '-o', 'json'])
    expect(ended.exit).toBe(0)
    expect(outcomesOn(ended, 'web1')).toEqual(['site:eye skipped'])
  })

  it('skips it where that is what the configuration says', async () => {
    configure('skip')
    const ended = await place.prove([command, 'site.yml', '-o', 'json'])
    expect(targetOf(ended, 'web1').outcome).toBe('changed')
    expect(ended.exit).toBe(0)
    expect(outcomesOn(ended, 'web1')[1]).toBe('site:eye skipped')
    if (command === 'apply') expect(readFileSync(place.path('g'), 'utf8')).toBe('x')
  })
})
