import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { module } from './module.js'
import type { LinkAnswer } from './reads/link.js'

const path = '/etc/nginx/modules-enabled/50-mod-http-echo.conf'
const target = '/usr/share/nginx/modules-available/mod-http-echo.conf'
const available = seenEntry({}, target)
const missing = seenEntry({ type: 'absent' }, target)
const loaded: LinkAnswer = { type: 'link', target, writable: true }
const notLoaded: LinkAnswer = { type: 'absent', writable: true }
const confirm = { command: 'nginx -t -q' }
const nothing = { changes: [], steps: [] }

stateTable(
  module,
  { name: 'http-echo' },
  [
    { title: 'converged', seen: { available, link: loaded }, ...nothing },
    {
      title: 'not loaded',
      seen: { available, link: notLoaded },
      changes: ['enabled'],
      steps: [{ kind: 'file.link', path, target, confirm }],
    },
    {
      title: 'another priority',
      args: { priority: 7 },
      seen: { available, link: notLoaded },
      changes: ['enabled'],
      steps: ['file.link /etc/nginx/modules-enabled/07-mod-http-echo.conf'],
    },
    {
      title: 'another module by its name',
      seen: { available, link: { ...loaded, target: '/x' } },
      changes: ['enabled'],
      steps: [`file.link ${path}`],
    },
    {
      title: 'not installed',
      seen: { available: missing, link: notLoaded },
      ...nothing,
      blocked: 'libnginx-mod-http-echo',
    },
    {
      title: 'a file in place of the link',
      seen: { available, link: { type: 'other', writable: true } },
      ...nothing,
      blocked: 'no symbolic link',
    },
    {
      title: 'where this user may not write',
      seen: { available, link: { ...notLoaded, writable: false } },
      ...nothing,
      blocked: 'may not be written',
    },
    { title: 'not wanted, and not loaded', args: { enabled: false }, seen: { available, link: notLoaded }, ...nothing },
    {
      title: 'not wanted, and not installed',
      args: { enabled: false },
      seen: { available: missing, link: notLoaded },
      ...nothing,
    },
    {
      title: 'not wanted',
      args: { enabled: false },
      seen: { available, link: loaded },
      changes: ['enabled'],
      steps: [{ kind: 'file.remove', path, confirm }],
    },
    {
      title: 'not wanted, left by a package that is gone',
      args: { enabled: false },
      seen: { available: missing, link: loaded },
      changes: ['enabled'],
      steps: [`file.remove ${path}`],
    },
  ],
  [plugin],
)

it.each(['', 'HTTP', '../x', 'a b', '-a', 'ngx_http_echo_module'])('the name %j is refused', (name) => {
  expect(z.strictObject(module.args).safeParse({ name }).success).toBe(false)
})
