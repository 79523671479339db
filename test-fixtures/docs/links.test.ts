import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchorOf, brokenBecause, linksOf } from './links.js'

const site = mkdtempSync(join(tmpdir(), 'prove-links-'))
beforeAll(() => {
  mkdirSync(join(site, 'more'))
  writeFileSync(join(site, 'one.md'), '# One\n\n## A `code` of it\n\n## With {#its-own}\n\n```\n# no heading\n```\n')
  writeFileSync(join(site, 'more/index.md'), '# More\n')
})
afterAll(() => rmSync(site, { recursive: true, force: true }))

describe('links', () => {
  it.each([
    ['a [b](c.md) d [e](f#g)', ['c.md', 'f#g']],
    ['`[b](c.md)`', []],
    ['```\n[b](c.md)\n```\n[d](e)', ['e']],
  ])('of %j', (text, expected) => {
    expect(linksOf(text).map(({ to }) => to)).toEqual(expected)
  })

  it.each([
    ['One', 'one'],
    ['See the graph, ask why', 'see-the-graph-ask-why'],
    ['`cmd.run`', 'cmd-run'],
    ['6. The size', '_6-the-size'],
    ['A [link](to.md) in it', 'a-link-in-it'],
    ['prove plan {#prove-plan}', 'prove-plan'],
  ])('to the heading %j', (heading, anchor) => {
    expect(anchorOf(heading)).toBe(anchor)
  })

  it.each([
    ['one.md', undefined],
    ['/one', undefined],
    ['./more/', undefined],
    ['more/index.md#more', undefined],
    ['#one', undefined],
    ['one.md#a-code-of-it', undefined],
    ['one.md#its-own', undefined],
    ['one.md#no-heading', 'there is no such heading'],
    ['#nowhere', 'there is no such heading'],
    ['two.md', 'there is no such file'],
    ['https://example.com/x', undefined],
  ])('%s', (to, expected) => {
    expect(brokenBecause(join(site, 'one.md'), to, site)).toBe(expected)
  })
})
