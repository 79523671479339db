import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Place, type Running, textOf, until } from './prove.js'
import { type Shown, shownBy } from './terminal.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

/** What script and the shell say of a run that was begun from no terminal. */
const shownIn = (stdout: string): Shown => shownBy(stdout.replaceAll('^D\b\b', ''))

const spinner = /^[|/\\⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] |\d running/

const isInOrder = (shown: Shown): void => {
  expect(shown.isCursorVisible).toBe(true)
  expect(shown.lines.filter((line) => spinner.test(line))).toEqual([])
  expect(shown.lines.filter((line) => line.length > 80)).toEqual([])
}

const targets = (count: number): string => {
  const all = Array.from({ length: count }, (_, i) => [`web${i + 1}`, { executor: 'local' }])
  return JSON.stringify({ targets: Object.fromEntries(all) })
}

/** Fails as soon as "go" is there. */
const failing = (): string =>
  place.states({
    link: { 'file.managed': { path: place.path('new'), content: 'x\n' } },
    bad: {
      'cmd.run': {
        command: "while ! [ -e go ]; do sleep 0.05; done; printf 'one\\ntwo \\033[31m\\n' >&2; exit 3",
        cwd: place.folder,
      },
    },
    after: { 'cmd.run': 'true', requires: 'bad' },
  })

describe.sequential('on a terminal', () => {
  it('one target has no name on its lines, and leaves nothing behind', async () => {
    failing()
    const running = place.onTerminal(['apply', 'site.yml'])
    await until('what runs', () => running.said().includes('site:bad'))
    place.write('go', '')
    const { exit, stdout } = await running.ended
    const shown = shownIn(stdout)
    expect(exit).toBe(2)
    expect(shown.hidden).toBeGreaterThan(0)
    isInOrder(shown)
    expect(shown.lines.findIndex((line) => line.startsWith('~ changed'))).toBe(0)
    expect(shown.lines).toContain('    | one')
    expect(shown.lines.filter((line) => line.startsWith('    next '))[0]).toContain('prove why site:bad')
  })

  it('the line names what runs, also of what was sent together', async () => {
    const waiting = { 'cmd.run': { command: ': >began; while ! [ -e go ]; do sleep 0.05; done', cwd: place.folder } }
    place.states({ file: { 'file.managed': { path: place.path('new'), content: 'x' } }, slow: waiting })
    const running = place.onTerminal(['apply', 'site.yml'])
    await until('the slow step', () => existsSync(place.path('began')))
    await until('its name', () => /0\/2 .*site:slow/.test(running.said()))
    expect(running.said()).not.toContain('~ changed')
    place.write('go', '')
    isInOrder(shownIn((await running.ended).stdout))
  })

  it('many targets are counted, and folded', async () => {
    place.write('prove.config.json', targets(14))
    const { exit, stdout } = await place.onTerminal(['ping', '--concurrency', '3']).ended
    const shown = shownIn(stdout)
    expect(exit).toBe(0)
    expect(shown.hidden).toBeGreaterThan(0)
    isInOrder(shown)
    const [, waiting, over] = /3 running, (\d+) waiting, (\d+) ended/.exec(stdout) ?? []
    expect(Number(waiting) + Number(over)).toBe(11)
    expect(shown.lines.filter((line) => /^web\d+ .*hostname/.test(line))).toHaveLength(14)
    expect(shown.lines.filter((line) => line.startsWith('= 14 ok'))).toHaveLength(1)
  })

  it.each([
    ['a service that builds and tests', { CI: 'true' }],
    ['a terminal that can do nothing', { TERM: 'dumb' }],
  ])('%s gets whole lines only', async (_title, env) => {
    failing()
    const { stdout } = await place.onTerminal(['plan', 'site.yml'], env).ended
    const shown = shownIn(stdout)
    expect(shown.hidden).toBe(0)
    isInOrder(shown)
    expect(shown.lines.filter((line) => line.includes('site:bad'))).not.toEqual([])
  })

  it('NO_COLOR takes the colours, and nothing else', async () => {
    failing()
    const plain = (await place.onTerminal(['plan', 'site.yml'], { NO_COLOR: '1' }).ended).stdout
    const coloured = (await place.onTerminal(['plan', 'site.yml']).ended).stdout
    // oxlint-disable-next-line no-control-regex -- what colours are made of
    const isPainted = (text: string): boolean => /\u001B\[\d+m/.test(text)
    expect([isPainted(plain), isPainted(coloured)]).toEqual([false, true])
    const withoutTimes = (text: string): readonly string[] =>
      shownIn(text).lines.map((line) => line.replace(/\d+ round.*/, ''))
    expect(withoutTimes(plain)).toEqual(withoutTimes(coloured))
  })
})

/** The process of Prove itself, not one that leads to it. */
const processId = (running: Running): number => {
  const line = place.processes().find((each) => /^\d+ \S*node \S*prove\.js apply/.test(each))
  if (line === undefined) throw new Error(`nothing to interrupt:\n${running.said()}`)
  return Number(line.split(' ')[0])
}

describe.sequential('Ctrl-C on a terminal', () => {
  const begin = async (): Promise<Running> => {
    place.states({
      wait: { 'cmd.run': { command: 'echo $$ >pid; while ! [ -e go ]; do sleep 0.05; done', cwd: place.folder } },
    })
    const running = place.onTerminal(['apply', 'site.yml'])
    await until('the running step', () => textOf(place.path('pid')).endsWith('\n'))
    return running
  }

  it('tells what is waited for, and leaves nothing behind', async () => {
    const running = await begin()
    process.kill(processId(running), 'SIGINT')
    await until('what is waited for', () => running.said().includes('waiting for site:wait'))
    place.write('go', '')
    const { stdout } = await running.ended
    isInOrder(shownIn(stdout))
  })

  it('three times gives the terminal back', async () => {
    const running = await begin()
    const id = processId(running)
    process.kill(id, 'SIGINT')
    await until('the first', () => running.said().includes('Ctrl-C'))
    for (let i = 0; i < 20 && textOf(`/proc/${id}/stat`) !== ''; i++) {
      try {
        process.kill(id, 'SIGINT')
      } catch {
        break
      }
      // oxlint-disable-next-line no-await-in-loop -- signals that arrive at once count as one
      await new Promise((resume) => setTimeout(resume, 20))
    }
    const { stdout } = await running.ended
    isInOrder(shownIn(stdout))
  })
})

describe.sequential('what a target says', () => {
  it('is never obeyed by the terminal', async () => {
    place.write('files/text', 'a\n\u001B[2Jb\u009B31m\n')
    place.write('text', 'a\n')
    place.states({
      text: { 'file.managed': { path: place.path('text'), source: 'prove://text' } },
      bad: { 'cmd.run': "printf 'x\\033[2J\\n\\007y\\r\\n' >&2; exit 1" },
    })
    const { stdout } = await place.onTerminal(['apply', 'site.yml', '-v']).ended
    isInOrder(shownIn(stdout))
    expect(stdout).toContain('\\u001b[2J')
    const cmd = await place.onTerminal(['cmd', "printf 'x\\033[2J\\007'"]).ended
    expect(cmd.stdout).toContain('x\\u001b[2J\\u0007')
  })

  it('has no diff where it is secret', async () => {
    place.write('text', 'old hunter1\n')
    place.states({ text: { 'file.managed': { path: place.path('text'), content: 'hunter2\n', secret: true } } })
    const { stdout, stderr } = await place.prove(['plan', 'site.yml', '-vv', '--diff-lines', '0'])
    expect(stdout).toContain('site:text')
    expect(stdout + stderr).not.toMatch(/hunter/)
  })

  it('has whole diffs where all lines are asked for', async () => {
    place.write('text', 'x\n')
    const content = Array.from({ length: 60 }, (_, i) => `line ${i}\n`).join('')
    place.states({ text: { 'file.managed': { path: place.path('text'), content } } })
    const plan = async (...more: readonly string[]): Promise<string> =>
      (await place.prove(['plan', 'site.yml', ...more])).stdout
    expect(await plan('--diff-lines', '0')).toContain('+line 59')
    const capped = await plan()
    expect(capped).not.toContain('+line 59')
    expect(capped).toMatch(/… \d+ more lines/)
    expect(await plan('--no-diff')).not.toContain('+line 0')
  })
})
