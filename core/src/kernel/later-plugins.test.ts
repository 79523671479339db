import { describe, expect, it } from 'vitest'
import type { StateFunction } from '../contracts/state-function.js'
import { defineState } from '../define.js'
import { knownErrors } from '../error.js'
import { createKernel } from './kernel.js'
import type { LaterPlugin } from './later-plugins.js'
import { definePlugin } from './plugin.js'
import { coreVersion } from './version.js'

const named = (name: string): StateFunction =>
  defineState({ name, about: 'A thing.', args: {}, reads: () => ({}), check: () => [], apply: () => [] })

const pluginOf = (name: string, ...functions: readonly string[]): unknown =>
  definePlugin({ name, core: `^${coreVersion}`, states: functions.map(named) })

/** A plugin of functions that begin with its name; `loads` grows with every load. */
const later = (name: string, loads: string[], plugin = pluginOf(name, `${name}.present`)): LaterPlugin => ({
  asked: name,
  brings: { functions: [`${name}.`], executors: [name] },
  load: () => {
    loads.push(name)
    return Promise.resolve(plugin)
  },
})

describe('plugins that can wait', () => {
  it('are loaded once, when something of theirs is asked for', async () => {
    const loads: string[] = []
    const kernel = createKernel([later('note', loads), later('memo', loads)])
    expect(kernel.lacks('functions', 'note.present')).toBe(true)
    await Promise.all([kernel.bring('functions', 'note.present'), kernel.bring('functions', 'note.absent')])
    expect(kernel.functions.names).toEqual(['note.present'])
    expect(kernel.lacks('functions', 'note.present')).toBe(false)
    await kernel.bring('functions', 'note.present')
    await kernel.bring('functions', 'notes.present')
    expect(loads).toEqual(['note'])
    await kernel.bring('executors', 'memo')
    expect(loads).toEqual(['note', 'memo'])
  })

  it('come all where no name is given, and stand in the order of the list', async () => {
    const kernel = createKernel([
      later('note', []),
      { asked: 'last', plugin: pluginOf('last', 'last.present') },
      later('memo', []),
    ])
    await kernel.bring('functions', 'memo.present')
    await kernel.bring()
    expect(kernel.lacks()).toBe(false)
    expect(kernel.plugins.map(({ name }) => name)).toEqual(['core', 'note', 'last', 'memo'])
    expect(kernel.functions.names).toEqual(['note.present', 'last.present', 'memo.present'])
  })

  it('are passed over where they are not installed', async () => {
    const kernel = createKernel([{ ...later('note', []), load: () => Promise.resolve(undefined) }])
    await kernel.bring('functions', 'note.present')
    expect([kernel.functions.names, kernel.lacks()]).toEqual([[], false])
  })

  it.each<[title: string, bad: LaterPlugin, code: string]>([
    ['of the wrong shape', later('memo', [], 'memo'), 'PRV_PLUGIN_SHAPE'],
    ['with a function that another has', later('memo', [], pluginOf('memo', 'first.present')), 'PRV_PLUGIN_DUPLICATE'],
  ])('are refused %s, each time', async (_title, bad, code) => {
    const kernel = createKernel([{ asked: 'first', plugin: pluginOf('first', 'first.present') }, bad])
    for (const name of ['memo.present', 'memo.absent']) {
      // oxlint-disable-next-line no-await-in-loop -- the second comes after the first
      const error: unknown = await kernel.bring('functions', name).catch((thrown: unknown) => thrown)
      expect(knownErrors(error)).toMatchObject([{ code }])
    }
  })
})
