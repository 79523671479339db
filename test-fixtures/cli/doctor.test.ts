import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram } from '../find-program.js'
import { skipOrFail } from '../shells.js'
import { type Ended, Place } from './prove.js'

interface Finding {
  readonly level: string
  readonly about: string
  readonly said: string
  readonly next?: string
}

const built = join(dirname(fileURLToPath(import.meta.url)), '../../cli/bin/prove.js')
const places: Place[] = []
afterAll(() => {
  for (const place of places) place.remove()
})

const newPlace = (): Place => {
  const place = new Place()
  places.push(place)
  return place
}

const findingsIn = ({ stdout }: Pick<Ended, 'stdout'>): readonly Finding[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding)

const lookedAt = async (
  place: Place,
  about: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly exit: number | null; readonly finding: Finding | undefined }> => {
  const ended = await place.prove(['doctor', '-o', 'json'], env)
  return { exit: ended.exit, finding: findingsIn(ended).find((each) => each.about === about) }
}

/** Every path below a folder, with what tells a changed one; not where shells have their scratch. */
const treeOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('.run'))
    .toSorted()
    .map((name) => {
      const { mtimeMs, size, mode } = statSync(join(folder, name))
      return `${name} ${mtimeMs} ${size} ${mode}`
    })

const namesOnPath = (): ReadonlySet<string> =>
  new Set((process.env['PATH'] ?? '').split(':').flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : [])))

describe('prove doctor', () => {
  it('finds nothing wrong where nothing is, and changes nothing', async () => {
    const place = newPlace()
    mkdirSync(place.path('cache'))
    place.write('bin/prove', '')
    rmSync(place.path('bin/prove'))
    symlinkSync(built, place.path('bin/prove'))
    place.write('.bashrc', 'source <(prove completion bash)\n')
    await place.prove(['init', '.'])
    await place.shell(`XDG_CACHE_HOME='${place.path('cache')}' prove facts`)
    const before = treeOf(place.folder)
    const env = {
      HOME: place.folder,
      SHELL: '/bin/bash',
      XDG_CACHE_HOME: place.path('cache'),
      PATH: `${place.path('bin')}:${process.env['PATH'] ?? ''}`,
    }
    const ended = await place.prove(['doctor', '-o', 'json'], env)
    expect(findingsIn(ended).filter(({ level }) => level === 'warn' || level === 'fail')).toEqual([])
    expect(findingsIn(ended).at(-1)).toMatchObject({ type: 'doctor', warn: 0, fail: 0, exit: 0 })
    expect(ended).toMatchObject({ exit: 0, stderr: '' })
    expect(treeOf(place.folder)).toEqual(before)
    expect(await place.prove(['doctor'], env)).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/all is right\n$/) as string,
    })
  })

  it('knows the prove of perl', async () => {
    const place = newPlace()
    chmodSync(place.write('bin/prove', '#!/usr/bin/perl\nuse App::Prove;\n'), 0o755)
    symlinkSync(built, place.path('bin/provectl'))
    const env = { PATH: `${place.path('bin')}:${process.env['PATH'] ?? ''}` }
    expect(await lookedAt(place, 'prove on PATH', env)).toMatchObject({
      exit: 0,
      finding: {
        level: 'warn',
        said: expect.stringContaining('perl') as string,
        next: 'type "provectl" in place of "prove"',
      },
    })
  })

  it('tells of schemas that are old, and of none', async () => {
    const place = newPlace()
    await place.prove(['init', '.'])
    place.write('.prove/schemas/states.json', '{}')
    const next = 'prove schema --write'
    const old = await lookedAt(place, 'schemas')
    expect(old.finding).toMatchObject({ level: 'warn', next })
    rmSync(place.path('.prove'), { recursive: true })
    const none = await lookedAt(place, 'schemas')
    expect(none.finding).toMatchObject({ level: 'warn', next })
    expect(none.finding?.said).not.toBe(old.finding?.said)
    await place.prove(['schema', '--write'])
    expect((await lookedAt(place, 'schemas')).finding).toMatchObject({ level: 'ok' })
  })

  it('tells of a cache that cannot be written, and of one that others may read', async () => {
    const place = newPlace()
    expect((await lookedAt(place, 'cache')).finding).toMatchObject({ level: 'warn' })
    mkdirSync(place.path('cache/prove'), { recursive: true })
    chmodSync(place.path('cache/prove'), 0o755)
    const env = { XDG_CACHE_HOME: place.path('cache') }
    const { finding } = await lookedAt(place, 'cache', env)
    expect(finding).toMatchObject({ level: 'warn', next: `chmod 700 ${place.path('cache/prove')}` })
    chmodSync(place.path('cache/prove'), 0o700)
    expect((await lookedAt(place, 'cache', env)).finding).toMatchObject({ level: 'ok' })
  })

  it('fails for a catalog with errors, and names the next command', async () => {
    const place = newPlace()
    place.write('prove.config.json', JSON.stringify({ targets: { local: {} }, states: ['site'] }))
    place.states({ motd: { 'file.managd': '/tmp/x' } }, 'states/site.yml')
    expect(await lookedAt(place, 'catalog')).toMatchObject({ exit: 1, finding: { level: 'fail', next: 'prove check' } })
  })

  it('fails for a configuration that cannot be read', async () => {
    const place = newPlace()
    place.write('prove.config.json', JSON.stringify({ targts: {} }))
    expect(await lookedAt(place, 'configuration')).toMatchObject({
      exit: 1,
      finding: { level: 'fail', next: 'did you mean "targets"?' },
    })
  })

  it('fails for an executor that nobody has, once for all its targets', async () => {
    const place = newPlace()
    const targets = { web1: { executor: 'pigeon' }, web2: { executor: 'pigeon' } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    expect(await lookedAt(place, 'executors (2 targets)')).toMatchObject({ exit: 1, finding: { level: 'fail' } })
  })

  it('fails for every plugin that does not fit', async () => {
    const place = newPlace()
    for (const name of ['prove-one', 'prove-two']) {
      place.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
      place.write(`node_modules/${name}/index.js`, `module.exports = { name: '${name}', core: '^9.0.0', apply() {} }`)
    }
    place.write('prove.config.json', JSON.stringify({ plugins: ['prove-one', 'prove-two', 'prove-three'] }))
    const ended = await place.prove(['doctor', '-o', 'json'])
    const refused = findingsIn(ended).filter(({ about }) => about === 'plugins')
    expect(refused.map(({ level }) => level)).toEqual(['fail', 'fail', 'fail'])
    expect(ended.exit).toBe(1)
  })

  it('tells the version of a plugin, and what core it is for', async () => {
    const place = newPlace()
    place.write('node_modules/prove-state-x/package.json', JSON.stringify({ version: '1.2.3', main: 'index.js' }))
    place.write(
      'node_modules/prove-state-x/index.js',
      "module.exports = { name: 'state-x', core: '^0.1.0', apply() {} }",
    )
    place.write('prove.config.json', JSON.stringify({ plugins: ['@prove/executor-local', 'prove-state-x'] }))
    const { finding } = await lookedAt(place, 'plugin state-x')
    expect(finding?.said).toMatch(/^1\.2\.3, for core \^0\.1\.0/)
    expect((await lookedAt(place, 'plugins')).finding?.said).toMatch(/^1 of Prove/)
  })

  it('finds a second copy of the core', async () => {
    const place = newPlace()
    place.write('node_modules/prove-x/node_modules/@prove/core/package.json', JSON.stringify({ version: '0.0.9' }))
    const { finding } = await lookedAt(place, 'core')
    expect(finding).toMatchObject({ level: 'warn', next: 'npm dedupe' })
    expect(finding?.said).toContain('0.0.9')
  })

  it('fails for a target that lacks a tool, and tells what does not work', async () => {
    const place = newPlace()
    mkdirSync(place.path('tools'))
    for (const name of namesOnPath()) {
      if (name !== 'sha256sum') symlinkSync(findProgram(name) ?? '', place.path(`tools/${name}`))
    }
    const targets = { local: { executor: 'local', options: { env: { PATH: place.path('tools') } } } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    const { exit, finding } = await lookedAt(place, 'tools of local')
    expect(exit).toBe(1)
    expect(finding?.said).toMatch(/^sha256sum is missing: nothing with .*\bfile\b.* works$/)
  })

  it('fails for a shell that does not open', async () => {
    const place = newPlace()
    const targets = { local: { executor: 'local', options: { shell: '/nonexistent/sh' } } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    expect(await lookedAt(place, 'shell of local')).toMatchObject({ exit: 1, finding: { level: 'fail' } })
  })

  it('fails for a state folder that cannot be made', (ctx) => {
    // For root the folder has a fixed place, and nothing is forbidden.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const folder = mkdtempSync(join(tmpdir(), 'prove-doctor-'))
    try {
      chmodSync(folder, 0o755)
      writeFileSync(join(folder, 'file'), '')
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, XDG_STATE_HOME: join(folder, 'file') }
      const ran = spawnSync(process.execPath, [built, 'doctor', '-o', 'json'], {
        cwd: folder,
        env,
        encoding: 'utf8',
        ...user,
      })
      if (ran.status === null || ran.stdout === '') skipOrFail(ctx, `another user cannot run Prove here: ${ran.stderr}`)
      const finding = findingsIn(ran).find(({ about }) => about === 'state folder of local')
      expect(finding).toMatchObject({ level: 'fail', next: expect.stringContaining(join(folder, 'file')) as string })
      expect(ran.status).toBe(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('reaches the targets that are named, and no others', async () => {
    const place = newPlace()
    const targets = { here: { executor: 'local' }, there: { executor: 'local', options: { shell: '/nonexistent/sh' } } }
    place.write('prove.config.json', JSON.stringify({ targets }))
    const ended = await place.prove(['doctor', '-t', 'here', '-o', 'json'])
    const names = findingsIn(ended).map(({ about }) => about)
    expect(names).toContain('clock of here')
    expect(names.filter((about) => about?.includes('there'))).toEqual([])
    expect(ended.exit).toBe(0)
  })

  it('tells of a target that is not there', async () => {
    const place = newPlace()
    place.write('prove.config.json', JSON.stringify({ targets: { web1: { executor: 'local' } } }))
    const ended = await place.prove(['doctor', '-t', 'wbe1', '-o', 'json'])
    expect(findingsIn(ended).find(({ about }) => about === 'targets')).toMatchObject({ next: 'did you mean "web1"?' })
    expect(ended.exit).toBe(1)
  })
})
