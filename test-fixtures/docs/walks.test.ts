import { describe, expect, it } from 'vitest'
import { blocksOf, missing, record, walk, walks } from './page.js'

/** With PROVE_DOCS=update the pages are given what their commands print now: to be looked at before it is committed. */
const isUpdating = process.env['PROVE_DOCS'] === 'update'

describe.concurrent('a page that is a walk', () => {
  it.for(walks)('docs/%s: what it shows is what happens', async (page, { skip }) => {
    const steps = await walk(page)
    expect(steps.length).toBe(blocksOf(page).filter(({ kind }) => kind === 'command').length)
    expect(steps.length).toBeGreaterThan(0)
    for (const { command, shown, said, exit } of steps) {
      expect({ command: command.text, said, exit }).toMatchObject({ exit: command.exit })
      if (!isUpdating && shown !== undefined) {
        expect({ command: command.text, said, missing: missing(shown.text, said) }).toMatchObject({ missing: [] })
      }
    }
    if (isUpdating) {
      record(page, steps)
      skip('the page was written anew')
    }
  })
})
