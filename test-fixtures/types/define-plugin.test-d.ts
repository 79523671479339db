import { defineMeta, definePlugin, type MetaState, type Plugin, z } from '@prove/core'
import { expectTypeOf } from 'vitest'

const twice = defineMeta({
  name: 'meta.twice',
  about: 'Run a state two times.',
  main: 'state',
  args: { state: z.string(), times: z.int().default(2) },
  shape: (args) => {
    expectTypeOf(args.state).toEqualTypeOf<string>()
    expectTypeOf(args.times).toEqualTypeOf<number>()
    return { members: [{ state: args.state, path: ['state'] }], inSequence: true }
  },
})
expectTypeOf(twice).toEqualTypeOf<MetaState>()

const meta = { name: 'meta.twice', about: 'Run a state two times.', args: { state: z.string() } }

// @ts-expect-error -- the main argument must be one of the arguments
defineMeta({ ...meta, main: 'states', shape: () => ({ members: [] }) })

// @ts-expect-error -- a member says where it is written
defineMeta({ ...meta, shape: ({ state }) => ({ members: [{ state }] }) })

// @ts-expect-error -- a shape is decided at once
defineMeta({ ...meta, shape: async () => ({ members: [] }) })

expectTypeOf(definePlugin({ name: 'state-note', core: '^0.1.0', metas: [twice] })).toEqualTypeOf<Plugin>()

// @ts-expect-error -- a plugin says which core it is for
definePlugin({ name: 'state-note', metas: [twice] })

// @ts-expect-error -- a meta-state is no state function
definePlugin({ name: 'state-note', core: '^0.1.0', states: [twice] })

// @ts-expect-error -- there is no such list
definePlugin({ name: 'state-note', core: '^0.1.0', functions: [] })

definePlugin({
  name: 'state-note',
  core: '^0.1.0',
  apply: (hooks) => {
    hooks.stateFunctions.tap('state-note', (registry) => {
      // @ts-expect-error -- a registry takes what it is for
      registry.add(twice)
    })
  },
})
