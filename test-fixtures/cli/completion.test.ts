import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { findProgram } from '../find-program.js'
import { skipOrFail } from '../shells.js'
import { Place, until } from './prove.js'

const place = new Place()
afterAll(() => place.remove())

place.write(
  'prove.config.json',
  JSON.stringify({
    targets: { web1: {}, web2: { states: ['db'] }, db1: {} },
    groups: { web: { targets: 'web*' } },
    states: ['site'],
  }),
)
place.states({ nginx: { 'cmd.run': 'true' }, 'reload-it': { 'cmd.run': 'true' } }, 'states/site.json')
place.states({ postgres: { 'cmd.run': 'true' } }, 'states/db.json')
place.states({}, 'my site.json')

const built = join(dirname(fileURLToPath(import.meta.url)), '../../cli/bin/prove.js')
// Asks the built command line for words, and tells the words of all other commands as they came.
const wrapper = `#!/bin/sh
case $1 in __complete|completion) exec '${process.execPath}' '${built}' "$@";; esac
printf 'ran'; printf ' <%s>' "$@"; echo .
`
for (const name of ['bin/prove', 'bin/provectl']) chmodSync(place.write(name, wrapper), 0o755)

const env = { ...process.env, PATH: `${place.path('bin')}:${process.env['PATH'] ?? ''}`, XDG_CACHE_HOME: '/dev/null' }

const programFor = (ctx: TestContext, name: string): string =>
  findProgram(name) ?? skipOrFail(ctx, `${name} is not installed`)

/** Types lines, each with a Tab at its end, into a shell on a terminal; resolves to the words that the programs were given. */
const typed = async (
  ctx: TestContext,
  shell: string,
  start: string,
  lines: readonly string[],
): Promise<readonly string[]> => {
  const program = programFor(ctx, 'script')
  const child = spawn(program, ['-qfc', `PS1='ready>' exec ${start}`, '/dev/null'], { cwd: place.folder, env })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const answers: string[] = []
  try {
    await until('a prompt', () => said.includes('ready>'))
    child.stdin.write(`source <(prove completion ${shell}); echo sou''rced\n`)
    await until(`sourced: ${said}`, () => /sourced[^]*ready>/.test(said))
    for (const line of lines) {
      said = ''
      child.stdin.write(`${line}\t`)
      // oxlint-disable-next-line no-await-in-loop -- a person types one line after the other
      await until(
        `a word behind "${line}" in ${said}`,
        () => stripVTControlCharacters(said).replaceAll(/\s/g, '').length > line.replaceAll(' ', '').length,
      )
      child.stdin.write('\n')
      // oxlint-disable-next-line no-await-in-loop -- as above
      await until(`the end of "${line}" in ${said}`, () => /ran .*\.[^]*ready>/.test(said))
      answers.push(/ran (.*)\./.exec(said)?.[1] ?? '')
    }
    child.stdin.write('exit\n')
    await ended
  } finally {
    child.kill('SIGKILL')
  }
  return answers
}

const lines: readonly (readonly [line: string, words: string])[] = [
  ['prove insp', '<inspect>'],
  ['prove plan site:n', '<plan> <site:nginx>'],
  ['prove plan --target=db', '<plan> <--target=db1>'],
  ["prove plan -t 'web1 or group:w", '<plan> <-t> <web1 or group:web>'],
  ['prove check my', '<check> <my site.json>'],
  ['provectl apply -t web2 post', '<apply> <-t> <web2> <postgres>'],
]
const typedLines = lines.map(([line]) => line)
const expected = lines.map(([, words]) => words)

describe('the Tab key', () => {
  it('completes in bash', async (ctx) => {
    const bash = programFor(ctx, 'bash')
    expect(await typed(ctx, 'bash', `${bash} --norc --noprofile -i`, typedLines)).toEqual(expected)
  })

  it('completes in zsh', async (ctx) => {
    const zsh = programFor(ctx, 'zsh')
    expect(await typed(ctx, 'zsh', `${zsh} -f -i`, typedLines)).toEqual(expected)
  })

  it.for([
    ['prove pla', 'plan\tSay what apply would do, and how sure that is; change nothing.\n'],
    ['prove plan site:n', 'site:nginx\n'],
    ['prove plan --target=db', '--target=db1\tssh db1\n'],
    ["prove plan -t 'web1 or group:w", 'web1 or group:web\t2 targets\n'],
    ['prove check my', 'my site.json\n'],
    ['RUST=1 provectl apply -t web2 post', 'postgres\tdb:postgres\n'],
    ['prove cmd -- stat', 'states/\n'],
  ] as const)('completes in fish: %s', ([line, words], ctx) => {
    const fish = programFor(ctx, 'fish')
    const script = 'prove completion fish | source; complete -C $argv[1]'
    const said = execFileSync(fish, ['--no-config', '-c', script, line], { cwd: place.folder, env, encoding: 'utf8' })
    expect(said).toBe(words)
  })
})

const asked = (folder: string, ...words: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  place.shell(`cd '${folder}' && prove __complete fish ${words.map((word) => `'${word}'`).join(' ')}`)

describe('on a prompt', () => {
  it('says nothing of what is wrong with the catalog', async () => {
    place.write('broken/prove.config.ts', 'console.log("noise"); console.error("noise"); throw new Error("broken")')
    expect(await asked('broken', 'plan', '')).toMatchObject({ exit: 0, stdout: '#prove\n', stderr: '' })
  })

  it('knows what can be read of a catalog that has errors', async () => {
    place.write('half/prove.config.json', JSON.stringify({ targets: { web1: {}, web2: 7 }, states: ['good', 'bad'] }))
    place.states({ fine: { 'cmd.run': 'true' } }, 'half/states/good.json')
    place.write('half/states/bad.json', '{')
    expect(await asked('half', 'plan', 'fi')).toMatchObject({ stdout: '#prove\nfine\tgood:fine\n', stderr: '' })
  })

  it('runs no inventory that is a command', async () => {
    const inventories = [{ command: ['touch', 'asked'], format: 'json' }]
    place.write('dynamic/prove.config.json', JSON.stringify({ inventories, targets: { web1: {} } }))
    expect(await asked('dynamic', 'plan', '-t', 'w')).toMatchObject({ stdout: '#prove\nweb1\tssh web1\n' })
    expect(existsSync(place.path('dynamic/asked'))).toBe(false)
  })
})

it('tells a shell that it does not know', async () => {
  const { exit, stderr } = await place.prove(['completion', 'zhs'])
  expect(exit).toBe(1)
  expect(stderr).toContain('did you mean "zsh"?')
})
