import type { Facts } from '@prove/core'
import { expect, it } from 'vitest'
import { probeKind } from './probe.js'

const facts = {} as Facts
const queries = [
  { what: 'port', host: 'localhost', port: 80, absent: false },
  { what: 'url', url: 'http://localhost/', status: [], absent: false },
  { what: 'file', path: '/x', absent: false },
] as const

it('tells what each says, and what is lacking', () => {
  expect(probeKind.parse(Buffer.from('open\nlacks curl\ngone\nend\n'), queries, facts)).toEqual([
    { ok: true, value: 'open' },
    { ok: false, problem: 'unavailable', detail: 'curl' },
    { ok: true, value: 'gone' },
  ])
})

it.each(['', 'open\n', 'open\n200\nthere\n', 'open\nend\n'])('says so where the answer is %j', (text) => {
  for (const answer of probeKind.parse(Buffer.from(text), queries, facts))
    expect(answer).toMatchObject({ problem: 'failed' })
})
