import { describe, expect, it } from 'vitest'
import { blocksOf, missing, record, walk, walks, whyNotWalked } from './page.js'

/** With PROVE_DOCS=update the pages are given what their commands print now: to be looked at before it is committed. */
const isUpdating = process.env['PROVE_DOCS'] === 'update'

describe.concurrent('a page that is a walk', () => {
  it.for(walks)('docs/%s: what it shows is what happens', { timeout: 300_000 }, async (page, { skip }) => {
    const reason = whyNotWalked(page)
    if (reason !== undefined) {
      if (process.env['CI'] === 'true') throw new Error(reason)
      skip(reason)
    }
    const steps = await walk(page)
    expect(steps.length).toBe(blocksOf(page).filter(({ kind }) => kind === 'command').length)
    expect(steps.length).toBeGreaterThan(0)
    for (const { command, shown, said, exit } of steps) {
      expect(exit, `of ${command.text}\n\n${said}`).toBe(command.exit)
      if (!isUpdating && shown !== undefined) {
        expect(missing(shown.text, said), `missing in what this printed: ${command.text}\n\n${said}`).toEqual([])
      }
    }
    if (isUpdating) {
      record(page, steps)
      skip('the page was written anew')
    }
  })
})
