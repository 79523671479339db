import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Ended, invocationsOf, Place, targetOf } from './prove.js'

const place = new Place()
afterAll(() => {
  place.remove()
  rmSync('/tmp/prove-init-motd', { force: true })
  rmSync('/tmp/prove-demo', { recursive: true, force: true })
})

describe.sequential('prove init', () => {
  it('begins a catalog that works', async () => {
    expect(await place.prove(['init', 'site'])).toMatchObject({ exit: 0, stderr: '' })
    const inside = await place.shell('cd site && prove facts >/dev/null && prove plan && prove apply && prove apply')
    expect(inside).toMatchObject({ exit: 0, stderr: '' })
    expect(readFileSync('/tmp/prove-init-motd', 'utf8')).toMatch(/^hello from \S+\n$/)
  })

  it('tells editors where the schema is', () => {
    const site = readFileSync(place.path('site/states/site.yml'), 'utf8')
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(site) ?? []
    expect(existsSync(join(place.path('site/states'), schema))).toBe(true)
  })

  it('tells editors of the tag for late values', () => {
    const settings: unknown = JSON.parse(readFileSync(place.path('site/.vscode/settings.json'), 'utf8'))
    expect(settings).toEqual({ 'yaml.customTags': ['!late scalar:mapping'] })
  })

  it('overwrites nothing', async () => {
    place.write('site/states/site.yml', '{}\n')
    place.write('site/.vscode/settings.json', '{ "editor.tabSize": 2 }\n')
    const again = await place.prove(['init', 'site'])
    expect(again.stdout).toContain('kept   site/states/site.yml')
    expect(again.stdout).toContain('kept   site/.vscode/settings.json')
    expect(readFileSync(place.path('site/states/site.yml'), 'utf8')).toBe('{}\n')
    expect(readFileSync(place.path('site/.vscode/settings.json'), 'utf8')).toBe('{ "editor.tabSize": 2 }\n')
  })

  it('refreshes the schemas for the plugins of a catalog', async () => {
    rmSync(place.path('site/.prove'), { recursive: true })
    expect(await place.shell('cd site/states && prove schema --write')).toMatchObject({ exit: 0, stderr: '' })
    expect(existsSync(place.path('site/.prove/schemas/config.json'))).toBe(true)
  })
})

describe('a folder that cannot become a catalog', () => {
  it.each([
    ['a file', 'taken', { taken: '' }, '"taken" is a file'],
    ['a folder below a file', 'taken/site', { taken: '' }, 'cannot write "taken/site'],
    ['one that holds another catalog', 'other', { 'other/prove.config.yaml': '{}' }, 'there is a catalog already'],
  ] as const)('%s', async (_title, folder, files, said) => {
    for (const [name, text] of Object.entries(files)) place.write(name, text)
    const ended = await place.prove(['init', folder])
    expect(ended).toMatchObject({ exit: 1, stdout: '' })
    expect(ended.stderr).toContain(said)
    expect(ended.stderr).not.toMatch(/^\s+at /m)
  })

  it('does not mix the demo with a catalog', async () => {
    place.write('mine/prove.config.ts', 'export default {}\n')
    expect(await place.prove(['init', '--demo', 'mine'])).toMatchObject({ exit: 1, stdout: '' })
    expect(existsSync(place.path('mine/states'))).toBe(false)
  })
})

describe.sequential('the demo', () => {
  const run = async (...args: readonly string[]): Promise<Ended> => {
    const words = args.map((word) => `'${word}'`).join(' ')
    const ended = await place.shell(`cd demo && export XDG_CACHE_HOME='${place.path('.cache')}' && prove ${words}`)
    expect(ended).toMatchObject({ exit: 0, stderr: '' })
    return ended
  }
  const json = (...args: readonly string[]): Promise<Ended> => run(...args, '-o', 'json')
  const outcomes = (ended: Ended): Readonly<Record<string, string>> =>
    Object.fromEntries(invocationsOf(ended).map(({ state, outcome }) => [state, outcome]))

  it('says beforehand what it does, once', async () => {
    rmSync('/tmp/prove-demo', { recursive: true, force: true })
    expect(await place.prove(['init', '--demo', 'demo'])).toMatchObject({ exit: 0, stderr: '' })
    const plan = targetOf(await json('plan'))
    expect(plan).toMatchObject({ wouldChange: 8, failed: 0, pending: 0 })
    expect(targetOf(await json('apply'))).toMatchObject({ changed: 8, failed: 0 })
    expect(readFileSync('/tmp/prove-demo/reloads.log', 'utf8').trim().split('\n')).toHaveLength(1)
    expect(targetOf(await json('apply'))).toMatchObject({ outcome: 'ok', ok: 7, changed: 0 })
  })

  it('shows what its README promises', async () => {
    const readme = readFileSync(place.path('demo/README.md'), 'utf8')
    const commands = [...readme.matchAll(/`(rm|touch) ([^`]*)`/g)].map(([, word = '', file = '']) => ({ word, file }))
    expect(commands.map(({ word }) => word)).toEqual(['rm', 'touch'])
    for (const { file } of commands.filter(({ word }) => word === 'rm')) rmSync(file)
    expect(outcomes(await json('apply'))).toMatchObject({ 'shop/main:config': 'changed', 'web:reload': 'changed' })
    for (const { file } of commands.filter(({ word }) => word === 'touch')) writeFileSync(file, '')
    expect(outcomes(await json('plan'))).toMatchObject({
      'blog/main:page': 'would-change',
      'shop/main:page': 'would-change',
      'shop/main:config': 'ok',
    })
    place.write('demo/variables/targets/local.yml', 'server: { workers: 8 }\n')
    expect(outcomes(await json('plan'))).toMatchObject({ 'blog/main:config': 'would-change' })
    expect((await run('inspect', 'vars', 'local', '--explain')).stdout).toContain('variables/targets/local.yml:1')
    expect((await run('graph')).stdout).toContain('web:reload')
    expect((await run('why', 'reload')).stdout).toContain('shop/main:config')
  })
})
