import { z } from '@prove/core'
import { stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import plugin from './index.js'
import { wait } from './net-wait.js'

const url = 'https://me:secret@example.org/a?token=b'
const waits = (shown: string): readonly string[] => [shown]
const none = { changes: [], steps: [] }
const page = { port: undefined, url }
const file = { port: undefined, file: '/run/x' }

stateTable(
  wait,
  { port: 80 },
  [
    { title: 'converged', seen: { now: 'open' }, ...none },
    {
      title: 'closed',
      seen: { now: 'closed' },
      changes: waits('localhost:80'),
      steps: [{ kind: 'net.wait', within: 60, wanted: { what: 'port', host: 'localhost', port: 80, absent: false } }],
    },
    { title: 'gone', args: { absent: true, host: '::1' }, seen: { now: 'closed' }, ...none },
    {
      title: 'not gone',
      args: { absent: true, host: '::1' },
      seen: { now: 'open' },
      changes: waits('[::1]:80'),
      steps: ['net.wait'],
    },
    { title: 'a page', args: page, seen: { now: '301' }, ...none },
    {
      title: 'a page that fails, without its password',
      args: page,
      seen: { now: '503' },
      changes: waits('https://example.org/a?…'),
      steps: ['net.wait'],
    },
    {
      title: 'a page with an @ in its password',
      args: { port: undefined, url: 'http://bob:p@ss@example.org:8080/health' },
      seen: { now: 'none' },
      changes: waits('http://example.org:8080/health'),
      steps: ['net.wait'],
    },
    {
      title: 'a page of which one status is wanted',
      args: { ...page, status: [404, 410] },
      seen: { now: '410' },
      ...none,
    },
    {
      title: 'a page of another status',
      args: { ...page, status: 404 },
      seen: { now: '200' },
      changes: waits('https://example.org/a?…'),
      steps: ['net.wait'],
    },
    { title: 'a page that is gone', args: { ...page, absent: true }, seen: { now: 'none' }, ...none },
    { title: 'a file', args: file, seen: { now: 'there' }, ...none },
    {
      title: 'a file that is gone',
      args: { ...file, absent: true },
      seen: { now: 'there' },
      changes: waits('/run/x'),
      steps: ['net.wait'],
    },
  ],
  [plugin],
)

describe('net.wait', () => {
  it.each([
    { port: 0 },
    { port: 65_536 },
    { port: 80, host: '-x' },
    { port: 80, host: 'a b' },
    { url: 'file:///etc/passwd' },
    { url: 'http://a b' },
    { url: 'http://a\nurl=b' },
    { url: 'http://' },
    { url: 'http://me:p#ss@a/' },
    { url: 'http://me:80\\ss@a/' },
    { file: 'x' },
    { port: 80, status: 1000 },
    { port: 80, timeouts: 5 },
  ])('refuses %j', (args) => {
    expect(z.strictObject(wait.args).safeParse(args).success).toBe(false)
  })

  it.each([
    [{}, 'one of'],
    [{ port: 80, file: '/x' }, 'one of'],
    [{ port: 80, status: 200 }, '"status" is of'],
    [{ url, status: 200, absent: true }, 'exclude'],
    [{ url, status: 200 }, undefined],
  ])('of %j says %s', (args, says) => {
    const told = wait.conflict?.({ host: 'localhost', within: 1, ...args })
    if (says === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(says)
  })

  it('is no change, and a failure in its own words', () => {
    const judge = wait.judge?.({})
    const result = { exit: 0, stdout: '', stderr: '' }
    expect(judge?.([{ ...result, status: 'done' }])).toEqual({ changed: false })
    expect(judge?.([{ ...result, status: 'failed', exit: 1, stderr: 'x: still closed\n' }])).toEqual({
      failed: 'x: still closed',
      changed: false,
    })
  })

  it('shows no password in the key of its question', () => {
    const { now } = wait.reads({ host: '', within: 1, url }, {})
    expect(now?.key).not.toMatch(/secret|token=b/)
  })
})
