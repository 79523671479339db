import { type ConfigInput, defineConfig, defineStates, type StatesInput } from '@prove/core'
import { expectTypeOf } from 'vitest'

expectTypeOf(defineConfig).parameters.toEqualTypeOf<[ConfigInput]>()

// What an editor completes.
expectTypeOf<ConfigInput>().toHaveProperty('plugins')
expectTypeOf<ConfigInput>().toHaveProperty('targets')
expectTypeOf<ConfigInput>().toHaveProperty('inventories')
expectTypeOf<ConfigInput>().toHaveProperty('groups')
expectTypeOf<ConfigInput>().toHaveProperty('roles')
expectTypeOf<ConfigInput>().toHaveProperty('components')
expectTypeOf<ConfigInput>().toHaveProperty('variables')
expectTypeOf<ConfigInput>().toHaveProperty('states')
expectTypeOf<ConfigInput>().toHaveProperty('environment')

defineConfig({})
defineConfig({ plugins: ['@prove/state-file'], targets: { web1: { host: '10.0.0.1', groups: ['web'] } } })

// @ts-expect-error -- there is no such key
defineConfig({ plugin: ['@prove/state-file'] })

// @ts-expect-error -- plugins are a list
defineConfig({ plugins: '@prove/state-file' })

// @ts-expect-error -- a target has no such key
defineConfig({ targets: { web1: { hostname: '10.0.0.1' } } })

expectTypeOf(defineStates({ motd: { 'file.managed': { path: '/etc/motd' }, requires: 'www' } })).toExtend<StatesInput>()
defineStates(({ facts }) => ({ note: { 'cmd.run': `echo ${String(facts['os'] === 'debian')}`, lazy: true } }))

// @ts-expect-error -- a state is lazy or not
defineStates({ motd: { 'file.managed': { path: '/etc/motd' }, lazy: 'yes' } })
