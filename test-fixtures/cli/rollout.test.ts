import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../sshd.js'
import { eventsOf, Place, summaryOf } from './prove.js'

let place: Place
beforeEach(() => {
  place = new Place()
})
afterEach(() => place.remove())

/** Four targets on this machine, of which some cannot be reached. */
const configure = async (unreachable: readonly string[]): Promise<void> => {
  const gone = { host: '127.0.0.1', executor: 'ssh', options: { port: await freePort(), config: '/dev/null' } }
  const names = ['a', 'b', 'c', 'd']
  const targets = names.map((name) => [name, unreachable.includes(name) ? gone : { executor: 'local' }])
  place.write('prove.config.json', JSON.stringify({ targets: Object.fromEntries(targets) }))
  place.write('site.yml', `note: { cmd.run: "echo {{ target.name }} >>'${place.path('log')}'" }\n`)
}

const outcomes = async (...words: readonly string[]): Promise<readonly [exit: number | null, outcomes: string]> => {
  const ended = await place.prove(['apply', 'site.yml', '-o', 'json', ...words])
  const told = Object.entries(summaryOf(ended).targets).map(([name, { outcome }]) => `${name} ${outcome}`)
  return [ended.exit, told.join(', ')]
}

describe('a rollout', () => {
  it('goes over its targets in their order, batch by batch', async () => {
    await configure([])
    expect(await outcomes('--serial', '1,50%')).toEqual([0, 'a changed, b changed, c changed, d changed'])
    expect(readFileSync(place.path('log'), 'utf8')).toBe('a\nb\nc\nd\n')
  })

  it('ends behind the batch in which a target failed', async () => {
    await configure(['b'])
    expect(await outcomes('--serial', '2')).toEqual([3, 'a changed, b unreachable, c skipped, d skipped'])
    expect(readFileSync(place.path('log'), 'utf8')).toBe('a\n')
  })

  it('goes on for as long as no more failed than may', async () => {
    await configure(['a', 'c'])
    const goOn = await outcomes('--serial', '1', '--max-fail', '50%')
    expect(goOn).toEqual([3, 'a unreachable, b changed, c unreachable, d changed'])
    await configure(['a', 'b'])
    const stop = await outcomes('--concurrency', '1', '--max-fail', '1')
    expect(stop).toEqual([3, 'a unreachable, b unreachable, c skipped, d skipped'])
  })

  it('says why it stopped, in the summary and on the console', async () => {
    await configure(['a'])
    const ended = await place.prove(['apply', 'site.yml', '--serial', '1', '-o', 'json'])
    expect(summaryOf(ended).stopped).toContain('--max-fail')
    expect(eventsOf(ended).filter((event) => event.type === 'target' && event.outcome === 'skipped')).toHaveLength(3)
    const told = await place.prove(['apply', 'site.yml', '--serial', '1'])
    expect(told.stdout).toMatch(/3 not begun/)
    for (const report of ['junit', 'html']) {
      expect(await place.prove(['show', 'last', '-o', report])).toMatchObject({ exit: 0, stderr: '' })
    }
    expect((await place.prove(['runs'])).stdout).toMatch(/apply/)
  })

  it.each([
    ['--serial', 'all'],
    ['--max-fail', '101%'],
  ])('refuses %s %s', async (option, value) => {
    await configure([])
    const ended = await place.prove(['apply', 'site.yml', option, value])
    expect(ended).toMatchObject({ exit: 1, stdout: '' })
    expect(ended.stderr).toContain('25%')
  })
})
