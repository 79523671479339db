import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createKernel, type Example } from '@prove/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standardPlugins } from '../../cli/src/load-kernel.js'
import { onCopy, whyNoCopy, withProve } from './copy-of-the-machine.js'

const kernel = createKernel(await standardPlugins())
const called = [...kernel.functions.all, ...kernel.metas.all]
const cases = called.flatMap(({ name, examples = [] }) => examples.map((example) => ({ name, ...example })))

const folder = mkdtempSync(join(tmpdir(), 'prove-examples-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What examples may expect of a host, so that they have something to do wherever the tests run. */
const host = `
mkdir -p /etc/update-motd.d
echo welcome >/etc/motd
echo 'echo hello' >/etc/update-motd.d/10-hello
`

const write = (example: Example, name: string): string => {
  const catalog = join(folder, name)
  for (const [path, text] of [['site.yml', example.states], ...filesOf(example)] as const) {
    mkdirSync(dirname(join(catalog, path)), { recursive: true })
    writeFileSync(join(catalog, path), text)
  }
  return catalog
}

const filesOf = ({ files = {} }: Example): readonly (readonly [string, string])[] =>
  Object.entries(files).map(([name, text]) => [`files/${name}`, text])

describe('every state function and meta-state', () => {
  it.each(called)('$name has examples, each of which uses it', ({ name, examples = [] }) => {
    expect(examples.length).toBeGreaterThan(0)
    for (const { states } of examples) expect(states).toContain(name)
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length)
  })
})

describe.concurrent('the examples', () => {
  beforeAll(() => {
    if (whyNoCopy !== undefined && process.env['CI'] === 'true') throw new Error(whyNoCopy)
  })

  it.for(cases)('$name: $title: applies, and then nothing changes', async (example, { skip }) => {
    if (whyNoCopy !== undefined) skip(whyNoCopy)
    const catalog = write(example, `${cases.indexOf(example)}`)
    const { exit, said } = await onCopy(
      `${withProve}; ${host} cd '${catalog}'
      prove apply --detailed-exitcode site.yml; echo "first: $?"
      prove apply --detailed-exitcode site.yml; echo "second: $?"`,
      folder,
    )
    expect(said).toContain('first: 4\n')
    expect(said).toContain('second: 0\n')
    expect(exit).toBe(0)
  })
})
