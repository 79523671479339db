import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Place } from './prove.js'

const place = new Place()
afterAll(() => {
  place.remove()
  rmSync('/tmp/prove-init-motd', { force: true })
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
