import { describe, expect, it } from 'vitest'
import { ProveError } from '@prove/core'
import { parsePluginKind } from './parse-plugin-kind.js'
import { pluginName } from './plugin-name.js'

const refusal = (act: () => unknown): Pick<ProveError, 'code' | 'hint'> => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProveError) return { code: error.code, hint: error.hint }
    throw error
  }
  throw new Error('it was not refused')
}

describe('the name of a plugin', () => {
  it.each([
    ['redis', 'redis', 'prove-state-redis'],
    ['state-redis', 'redis', 'prove-state-redis'],
    ['prove-redis', 'redis', 'prove-state-redis'],
    ['prove-state-redis', 'redis', 'prove-state-redis'],
    ['@acme/redis', 'redis', '@acme/prove-state-redis'],
    ['@acme/prove-state-redis', 'redis', '@acme/prove-state-redis'],
    ['my-2nd-thing', 'my-2nd-thing', 'prove-state-my-2nd-thing'],
    ['state', 'state', 'prove-state-state'],
    ['loader-cache', 'loader-cache', 'prove-state-loader-cache'],
  ])('may be written %s', (word, short, packageName) => {
    const folder = packageName.replace(/^@acme\//, '')
    expect(pluginName('state', word)).toEqual({ short, packageName, folder })
  })

  it.each([
    ['Redis', '"redis"'],
    ['myThing', '"my-thing"'],
    ['my_thing', '"my-thing"'],
    ['7zip', '"zip"'],
    ['../redis', '"redis"'],
    ['redis-', '"redis"'],
    ['', '"redis"'],
    ['prove-state-', '"'],
    ['ré', '"r"'],
    ['redis\nrm', '"redis-rm"'],
    ['@Acme/redis', '"@acme/redis"'],
    ['@acme/', '"redis"'],
    ['a'.repeat(250), 'shorter'],
    ['prove-loader-toml', 'prove plugin new loader prove-loader-toml'],
  ])('is refused where it is %j, with what to write', (word, hint) => {
    const refused = refusal(() => pluginName('state', word))
    expect(refused.code).toBe('PRV_USAGE')
    expect(refused.hint).toContain(hint)
  })
})

describe('the kind of a plugin', () => {
  it('is one of those that there are', () => {
    expect(parsePluginKind('executor')).toBe('executor')
  })

  it.each([
    ['states', 'did you mean "state"?'],
    ['Loader', 'did you mean "loader"?'],
    ['constructor', 'kinds are state, meta, loader, executor, transport'],
  ])('is not %s', (word, hint) => {
    expect(refusal(() => parsePluginKind(word))).toEqual({ code: 'PRV_USAGE', hint })
  })
})
