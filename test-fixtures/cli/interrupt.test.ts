import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, eventsOf, lineOf, Place, type Running, targetOf, textOf, until } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

const old = Buffer.alloc(5_000_000, 'old ')
const fresh = Buffer.alloc(7_000_000, 'the new content\n')

/** A large file in place of an older version of it. */
const large = (): object => {
  place.write('large', old)
  place.write('files/large', fresh)
  return { 'file.managed': { path: place.path('large'), source: 'prove://large' } }
}

const run = (command: string, fields: object = {}): object => ({ 'cmd.run': { command, cwd: place.folder }, ...fields })

/** Tells its process id, then waits until the file `go` is there. */
const waiting = 'echo $$ >pid; while ! [ -e go ]; do sleep 0.05; done; echo done >done'

/** Has a background grandchild; both tell their ids. Text in front may set traps. */
const family = (first: string): string =>
  `${first}; (while :; do sleep 0.1; done) & echo $! >grandchild; echo $$ >pid; while :; do sleep 0.1; done`

const isThere = (name: string): boolean => textOf(place.path(name)).endsWith('\n')

const isAlive = (name: string): boolean => {
  const stat = textOf(`/proc/${textOf(place.path(name)).trim()}/stat`)
  return stat !== '' && !/\) Z /.test(stat)
}

/** Reads a file over and over, in turns with everything else, until told to stop. Tells how often. */
const watched = (path: string, whole: readonly Buffer[]): (() => Promise<number>) => {
  let stopped = false
  const end = (async () => {
    let count = 0
    for (; !stopped; count++) {
      const now = readFileSync(path)
      if (!whole.some((content) => content.equals(now))) throw new Error(`saw ${now.length} other bytes in ${path}`)
      await new Promise((resume) => setTimeout(resume, 1))
    }
    return count
  })()
  end.catch(() => {})
  return () => {
    stopped = true
    return end
  }
}

const halfWritten = (): readonly string[] => readdirSync(place.folder).filter((name) => name.startsWith('.prove-'))

const heard = (running: Running, event: string): Promise<void> =>
  until(`the event ${event}`, () => running.said().includes(`"event":"${event}"`))

/** Ctrl-C, until it has arrived: two that wait at the same time count as one. */
const press = async (running: Running): Promise<void> => {
  running.child.kill('SIGINT')
  const waits = /^S[ih][gd]Pnd:\s+[0-9a-f]*[2367abef]$/m
  await until('the arrival of the signal', () => !waits.test(textOf(`/proc/${running.child.pid ?? 0}/status`)))
}

/** Ctrl-C once, until the target knows that nothing more is to begin. */
const interrupt = async (running: Running): Promise<void> => {
  running.child.kill('SIGINT')
  await heard(running, 'interrupted')
  await until('the stop on the target', () => place.scratch().some((folder) => existsSync(join(folder, 'stop'))))
}

const nothingLeft = async (): Promise<void> => {
  await until(`the end of ${place.processes().join(', ')}`, () => place.processes().length === 0)
  expect(place.scratch()).toEqual([])
  expect(existsSync(place.lock)).toBe(false)
  expect(halfWritten()).toEqual([])
}

const applying = (states: Readonly<Record<string, unknown>>): Running => {
  place.states(states)
  return place.start(['apply', 'site.yml', '-o', 'json'])
}

const skippedAsInterrupted = (ended: Ended, ...states: readonly string[]): void => {
  for (const state of states) {
    expect(lineOf(ended, state), state).toMatchObject({ outcome: 'skipped', reason: 'interrupted', changes: [] })
  }
}

/** A group that waits in its member, and what is to be done last. */
const group = (last: string): Readonly<Record<string, unknown>> => ({
  deploy: { 'meta.group': { members: { wait: run(waiting) }, always: { last: run(last) } } },
  other: { 'meta.group': { members: { never: run('touch never') }, always: { also: run('touch also') } } },
})

describe.sequential('Ctrl-C in a group', () => {
  it('still does what is to be done last, where the group had begun', async () => {
    const running = applying({ ...group('touch last'), next: run('touch next') })
    await until('the running step', () => isThere('pid'))
    await interrupt(running)
    place.write('go', '')
    const ended = await running.ended
    expect(ended).toMatchObject({ exit: 130, stderr: '' })
    expect(lineOf(ended, 'site:deploy/last')).toMatchObject({ outcome: 'changed' })
    expect(['done', 'last', 'next', 'never', 'also'].map((name) => existsSync(place.path(name)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    await nothingLeft()
  })

  it('twice kills that too', async () => {
    const running = applying(group(family(': last')))
    await until('the running step', () => isThere('pid'))
    const first = textOf(place.path('pid'))
    await interrupt(running)
    place.write('go', '')
    await until('the last step', () => isThere('grandchild') && textOf(place.path('pid')) !== first && isThere('pid'))
    await press(running)
    const ended = await running.ended
    expect(ended.exit).toBe(130)
    expect(lineOf(ended, 'site:deploy/last')).toMatchObject({ outcome: 'failed' })
    await nothingLeft()
  })
})

describe.sequential('Ctrl-C once', () => {
  it('lets the running step end and begins no other', async () => {
    const running = applying({ large: large(), wait: run(waiting), next: run('touch next'), file: run('touch last') })
    const reader = watched(place.path('large'), [old, fresh])
    await until('the running step', () => isThere('pid'))
    expect(place.scratch()).toHaveLength(1)
    expect(existsSync(place.lock)).toBe(true)
    await interrupt(running)
    expect(isAlive('pid')).toBe(true)
    place.write('go', '')
    const ended = await running.ended
    expect(ended).toMatchObject({ exit: 130, stderr: '' })
    expect(await reader()).toBeGreaterThan(1)
    expect(readFileSync(place.path('large')).equals(fresh)).toBe(true)
    expect(isThere('done')).toBe(true)
    expect(lineOf(ended, 'site:wait').outcome).toBe('changed')
    skippedAsInterrupted(ended, 'site:next', 'site:file')
    expect([existsSync(place.path('next')), existsSync(place.path('last'))]).toEqual([false, false])
    expect(targetOf(ended)).toMatchObject({ outcome: 'interrupted', changed: 2, failed: 0, skipped: 2 })
    await nothingLeft()
  })

  it('lets a step that was sent ahead in the same frame not begin', async () => {
    const validate = [place.write('check', `cd '${place.folder}'; ${waiting}`)]
    const file = (name: string, rest: object): object => ({
      'file.managed': { path: place.path(name), content: 'x', ...rest },
    })
    const running = applying({ a: file('a', { validate: ['sh', ...validate] }), b: file('b', {}), c: file('c', {}) })
    await until('the running step', () => isThere('pid'))
    await interrupt(running)
    place.write('go', '')
    const ended = await running.ended
    expect(ended.exit).toBe(130)
    expect(lineOf(ended, 'site:a').outcome).toBe('changed')
    skippedAsInterrupted(ended, 'site:b', 'site:c')
    expect([existsSync(place.path('b')), existsSync(place.path('c'))]).toEqual([false, false])
    await nothingLeft()
  })

  it('by SIGTERM is the same', async () => {
    const running = applying({ wait: run(waiting), next: run('touch next') })
    await until('the running step', () => isThere('pid'))
    running.child.kill('SIGTERM')
    await until('the stop on the target', () => place.scratch().some((folder) => existsSync(join(folder, 'stop'))))
    place.write('go', '')
    const ended = await running.ended
    expect(ended.exit).toBe(130)
    skippedAsInterrupted(ended, 'site:next')
    await nothingLeft()
  })
})

describe.sequential('Ctrl-C twice', () => {
  it.each([
    ['TERM', ':'],
    ['KILL, where it ignores TERM', "trap '' TERM"],
  ])('ends the whole process group of the step by %s', async (_signal, first) => {
    const running = applying({ large: large(), stuck: run(family(first)), next: run('touch next') })
    const reader = watched(place.path('large'), [old, fresh])
    await until('the running step', () => isThere('pid') && isThere('grandchild'))
    await interrupt(running)
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect([isAlive('pid'), isAlive('grandchild')]).toEqual([false, false])
    expect(ended).toMatchObject({ exit: 130, stderr: '' })
    expect(eventsOf(ended)).toContainEqual(expect.objectContaining({ type: 'target', event: 'killed' }))
    expect(await reader()).toBeGreaterThan(1)
    expect(lineOf(ended, 'site:large').outcome).toBe('changed')
    expect(lineOf(ended, 'site:stuck').outcome).toBe('failed')
    skippedAsInterrupted(ended, 'site:next')
    expect(existsSync(place.path('next'))).toBe(false)
    await nothingLeft()
  })

  it('in the middle of a file leaves the old one, and nothing half-written', async () => {
    const script = place.write('check', `cd '${place.folder}'; ${family(':')}`)
    const args = { path: place.path('large'), source: 'prove://large', validate: ['sh', script] }
    large()
    const running = applying({ large: { 'file.managed': args }, next: run('touch next', { requires: 'large' }) })
    const reader = watched(place.path('large'), [old])
    await until('the validate command', () => isThere('pid') && isThere('grandchild'))
    expect(halfWritten()).toHaveLength(1)
    await interrupt(running)
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended.exit).toBe(130)
    expect(await reader()).toBeGreaterThan(1)
    expect(lineOf(ended, 'site:large').outcome).toBe('failed')
    expect(lineOf(ended, 'site:next').outcome).toBe('skipped')
    await nothingLeft()
  })

  it('ends the command of prove cmd', async () => {
    const running = place.start(['cmd', '-o', 'json', '--cwd', place.folder, family(':')])
    await until('the command', () => isThere('pid') && isThere('grandchild'))
    await press(running)
    await press(running)
    const ended = await running.ended
    expect([isAlive('pid'), isAlive('grandchild')]).toEqual([false, false])
    expect(ended.exit).toBe(130)
    await nothingLeft()
  })
})

describe.sequential('Ctrl-C where nothing is to be finished', () => {
  const asking = (operation: string): Running => {
    place.write(
      'prove.config.mjs',
      `const slow = { name: 'slow', facts: { slow: 'slow' }, seconds: 60, parse: () => ({}), script: 'cd ${place.folder}; ${waiting}' }
      const plugin = { name: 'slow', core: '^0.1.0', apply: (hooks) => hooks.factSources.tap('slow', (all) => all.add(slow)) }
      export default { plugins: ['@prove/executor-local', '@prove/loader-yaml', '@prove/state-cmd', plugin] }`,
    )
    place.states({ never: run('touch never') })
    return place.start([
      operation,
      ...(operation === 'ping' || operation === 'facts' ? [] : ['site.yml']),
      '-o',
      'json',
    ])
  }

  it.each(['plan', 'facts', 'ping', 'apply'])('%s ends at the first', async (operation) => {
    const running = asking(operation)
    await until('the facts', () => isThere('pid'))
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended).toMatchObject({ exit: 130, stderr: '' })
    expect(targetOf(ended)).toMatchObject({ outcome: 'interrupted', failed: 0 })
    expect(isAlive('pid')).toBe(true)
    place.write('go', '')
    await nothingLeft()
    expect(existsSync(place.path('never'))).toBe(false)
  })

  it('begins no other target', async () => {
    const targets = { first: { executor: 'local' }, second: { executor: 'local' } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    place.states({ wait: run(waiting), next: run('touch next') })
    const running = place.start(['apply', 'site.yml', '-o', 'json'])
    await until('the running step', () => isThere('pid'))
    await interrupt(running)
    place.write('go', '')
    const ended = await running.ended
    expect(ended.exit).toBe(130)
    expect(eventsOf(ended).filter((event) => event.type === 'target' && event.event === 'connected')).toHaveLength(1)
    expect(targetOf(ended, 'second')).toMatchObject({ outcome: 'interrupted', roundTrips: 0, skipped: 0 })
    await nothingLeft()
  })
})

describe.sequential('a step beyond its time', () => {
  it('ends with its whole process group, though it ignores TERM', async () => {
    const stuck = run(family("trap '' TERM"), { timeout: 1 })
    place.states({ stuck, next: run('touch next', { requires: 'stuck' }) })
    const ended = await place.prove(['apply', 'site.yml', '-o', 'json'])
    expect([isAlive('pid'), isAlive('grandchild')]).toEqual([false, false])
    expect(ended.exit).toBe(2)
    expect(lineOf(ended, 'site:stuck')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('timed out'),
    })
    expect(lineOf(ended, 'site:next').outcome).toBe('skipped')
    expect(targetOf(ended).outcome).toBe('timed-out')
    await nothingLeft()
  })

  it('leaves a grandchild that ignores TERM no better off than its parent', async () => {
    const command = "(trap '' TERM; while :; do sleep 0.1; done) & echo $! >grandchild; echo $$ >pid; wait"
    place.states({ stuck: run(command, { timeout: 1 }) })
    const ended = await place.prove(['apply', 'site.yml', '-o', 'json'])
    expect([isAlive('pid'), isAlive('grandchild')]).toEqual([false, false])
    expect(targetOf(ended).outcome).toBe('timed-out')
    await nothingLeft()
  })
})

describe.sequential('kill -9 of prove in the middle of a step', () => {
  it('lets the step end; scratch and lock go away by themselves', async () => {
    const running = applying({ large: large(), wait: run(waiting) })
    const reader = watched(place.path('large'), [old, fresh])
    await until('the running step', () => isThere('pid'))
    running.child.kill('SIGKILL')
    await until('the end of prove', () => running.child.signalCode === 'SIGKILL')
    expect(isAlive('pid')).toBe(true)
    expect(existsSync(place.lock)).toBe(true)
    place.write('go', '')
    await until('the end of the step', () => isThere('done'))
    await until('the end of scratch and lock', () => place.scratch().length === 0 && !existsSync(place.lock))
    expect(await reader()).toBeGreaterThan(1)
    await nothingLeft()
  })

  it('keeps a second run out as long as the step goes on', async () => {
    const running = applying({ wait: run(waiting) })
    await until('the running step', () => isThere('pid'))
    running.child.kill('SIGKILL')
    const second = await place.prove(['apply', 'site.yml', '-o', 'json'])
    expect(second.exit).toBe(2)
    expect(second.stdout).toContain('PRV_TARGET_LOCKED')
    place.write('go', '')
    await until('the end of the lock', () => !existsSync(place.lock))
    expect((await place.prove(['apply', 'site.yml', '-o', 'json'])).exit).toBe(0)
    await nothingLeft()
  })
})

describe.sequential('a reader that has seen enough', () => {
  const files = (): void => {
    const names = Array.from({ length: 400 }, (_, i) => `f${i}`)
    place.states(
      Object.fromEntries(
        names.map((name) => [
          name,
          { 'file.managed': { path: place.path(`d/${name}`), create_parents: true, content: name } },
        ]),
      ),
    )
  }

  it.each(['plan site.yml -o json', 'plan site.yml', 'apply site.yml -o json', 'apply site.yml'])(
    'is no error for %s',
    async (line) => {
      files()
      const ended = await place.shell(`prove ${line} | head -n 1`)
      expect(ended).toMatchObject({ exit: 0, stderr: '' })
      expect(ended.stdout.split('\n')).toHaveLength(2)
      await until('the end of all', () => place.processes().length === 0)
      await nothingLeft()
    },
  )

  it('that closes before anything was said is none either', async () => {
    files()
    const ended = await place.shell('prove plan site.yml -o json | :')
    expect(ended).toEqual({ exit: 0, stdout: '', stderr: '' })
    await nothingLeft()
  })
})
