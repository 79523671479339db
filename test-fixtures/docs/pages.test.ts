import { loadContext } from '../../core/src/testing/load-context.js'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { yamlLoader } from '@prove/loader-yaml'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseStates } from '../../catalog/src/parse-states.js'
import { Errors } from '../../catalog/src/diagnostics.js'
import { apply } from '../../core/src/engine/apply.js'
import type { Applied } from '../../core/src/engine/applied.js'
import { Interruption } from '../../core/src/engine/interruption.js'
import type { ShellSession } from '../../core/src/wire/shell-session.js'
import { LocalGround, owner } from '../local-session.js'

const ground = new LocalGround()
const home = mkdtempSync(join(tmpdir(), 'prove-docs-home-'))
let session: ShellSession

const docs = join(import.meta.dirname, '../../docs')

/** What the examples make; what an earlier run left would make them easy. */
const clean = (): void => {
  for (const name of readdirSync('/tmp')) {
    if (name.startsWith('prove-docs')) rmSync(join('/tmp', name), { recursive: true, force: true })
  }
}

beforeAll(async () => {
  clean()
  session = await ground.open()
})

afterAll(async () => {
  await session.close()
  rmSync(home, { recursive: true, force: true })
  clean()
})

const examples = (page: string): readonly string[] =>
  [...readFileSync(join(docs, page), 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text)

const outcomes = async (data: unknown): Promise<readonly string[]> => {
  const last = new Map<number, Applied['outcome']>()
  await apply(ground.turns(data), {
    session,
    facts: session.facts,
    kinds: ground.kernel.kinds,
    interruption: new Interruption(),
    owner,
    speculate: true,
    report: ({ invocation, outcome }) => last.set(invocation.sequence, outcome),
  })
  return [...last.values()]
}

/** Every page with an example that is no file of a walk; those of functions are made, and run by another test. */
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(
  (page) => page.endsWith('.md') && !page.startsWith('functions/') && examples(page).length > 0,
)

it('the pages on the language have examples', () => {
  expect(pages).toEqual(expect.arrayContaining(['concepts.md', 'states.md', 'graph.md', 'late-values.md']))
})

it.each(pages.flatMap((page) => examples(page).map((text, i) => ({ page, i: i + 1, text }))))(
  'docs/$page: example $i applies, and then nothing changes',
  async ({ text }) => {
    const loaded = await yamlLoader.load('example.yml', text, loadContext())
    const diagnostics = new Errors()
    parseStates(loaded, diagnostics)
    diagnostics.throwIfAny()
    for (const outcome of await outcomes(loaded.data)) expect(['changed', 'ok', 'skipped']).toContain(outcome)
    for (const outcome of await outcomes(loaded.data)) expect(['ok', 'skipped']).toContain(outcome)
  },
)
