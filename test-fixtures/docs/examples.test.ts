import { createKernel, type Example } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { standardPlugins } from '../../cli/src/load-kernel.js'
import { hostCases } from '../hosts/host-cases.js'

const kernel = createKernel(await standardPlugins())
const called = [...kernel.functions.all, ...kernel.metas.all]

const isForShells = (fn: (typeof called)[number]): boolean => !('needs' in fn)

/** What examples may expect of a host, so that they have something to do. */
const host = `
mkdir -p /etc/update-motd.d
echo welcome >/etc/motd
echo 'echo hello' >/etc/update-motd.d/10-hello
`

const filesOf = ({ files = {} }: Example): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`files/${name}`, text]))

describe('every state function and meta-state', () => {
  it.each(called)('$name has examples, each of which uses it', ({ name, examples = [] }) => {
    expect(examples.length).toBeGreaterThan(0)
    for (const { states } of examples) expect(states).toContain(name)
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length)
  })
})

// Each on a host as it was made: it applies, and then nothing changes.
hostCases(
  'the examples',
  // Those that need an agent are run where one is deployed.
  called.filter(isForShells).flatMap(({ name, examples = [] }) =>
    examples.map((example) => ({
      title: `${name}: ${example.title}`,
      states: example.states,
      files: filesOf(example),
      before: `${host}${example.host ?? ''}`,
      // Whether such a command changes something it only says itself.
      ...(example.states.includes('changed_when') ? { isForeseen: false as const } : {}),
    })),
  ),
  { fresh: true },
)
