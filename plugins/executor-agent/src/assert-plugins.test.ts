import { describe, expect, it } from 'vitest'
import { assertPlugins, functionsIn } from './assert-plugins.js'

const here = { name: 'state-file', build: '1.0.0 aaaa' }
const to = { target: 'web1', pluginOf: (fn: string) => (fn.startsWith('file.') ? here : { name: 'state-x' }) }

describe('the plugins of an agent', () => {
  it.each([
    ['the same', ['file.managed'], [here]],
    ['others, which no state asks for', ['file.managed'], [here, { name: 'state-y', build: '9' }]],
    ['of sources, on both sides', ['x.present'], [{ name: 'state-x' }]],
    ['none, where nothing is asked for', [], []],
  ])('do: %s', (_what, functions, there) => {
    expect(() => assertPlugins(functions, to, there)).not.toThrow()
  })

  it.each([
    ['of another build', ['file.managed', 'file.line'], [{ name: 'state-file', build: '1.0.0 bbbb' }]],
    ['of sources, where this is built', ['file.managed', 'file.line'], [{ name: 'state-file' }]],
    ['missing', ['file.managed', 'file.line'], []],
  ])('do not, and their functions are told: %s', (_what, functions, there) => {
    const message = expect.stringContaining('file.managed, file.line') as string
    expect(() => assertPlugins(functions, to, there)).toThrow(
      expect.objectContaining({ code: 'PRV_AGENT_PLUGIN', message }),
    )
  })

  it('are looked for by the functions that states call', () => {
    const part = (fn: string) => ({ fn, args: {} })
    const states = [{ parts: [part('file.managed'), part('x.y')] }, { parts: [part('x.y')] }, { parts: [] }]
    expect(functionsIn({ states })).toEqual(['file.managed', 'x.y'])
    expect(functionsIn({})).toEqual([])
    expect(functionsIn(undefined)).toEqual([])
  })
})
