import { makeBlob, z } from '@prove/core'
import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import type { LinkAnswer } from './reads/link.js'
import { serverBlocks } from './server-block.js'
import { site } from './site.js'

const available = '/etc/nginx/sites-available/blog'
const link = '/etc/nginx/sites-enabled/blog'
const confd = '/etc/nginx/conf.d/blog.conf'
const content = blobOf('server { }\n')
const old = { text: 'server { listen 8080; }\n' }

const noLink: LinkAnswer = { type: 'absent', writable: true }
const linked: LinkAnswer = { type: 'link', target: available, writable: true }

const none = (path: string) => seenFile({ type: 'absent' }, path)
const held = (path: string, sha256 = content.sha256) => seenFile({ sha256 }, path)

/** As on Debian, with nothing of the site. */
const debian = {
  sites: seenEntry({ type: 'directory' }, '/etc/nginx/sites-available'),
  confd: seenEntry({ type: 'directory' }, '/etc/nginx/conf.d'),
  available: none(available),
  link: noLink,
  file: none(confd),
  off: none(`${confd}.disabled`),
}
const other = { ...debian, sites: seenEntry({ type: 'absent' }, '/etc/nginx/sites-available') }
const bare = { ...other, confd: seenEntry({ type: 'absent' }, '/etc/nginx/conf.d') }
const served = { ...debian, available: held(available), link: linked }
const unserved = { ...debian, available: held(available) }
const changed = { ...debian, available: held(available, 'f'.repeat(64)), old }
const test = { command: 'nginx -t -q' }
const nothing = { changes: [], steps: [] }

stateTable(
  site,
  { name: 'blog', content },
  [
    { title: 'converged', seen: served, ...nothing },
    {
      title: 'converged, by a relative link',
      seen: { ...served, link: { ...linked, target: '../sites-available/blog' } },
      ...nothing,
    },
    {
      title: 'a new site',
      seen: debian,
      changes: ['type', 'enabled'],
      steps: [
        {
          kind: 'file.write',
          path: available,
          confirm: { command: expect.stringContaining('nginx -t -q') as unknown },
        },
        { kind: 'file.link', path: link, target: available, confirm: test },
      ],
    },
    {
      title: 'another text',
      seen: { ...changed, link: linked },
      changes: ['content'],
      steps: [{ kind: 'file.write', path: available, confirm: test }],
    },
    {
      title: 'another mode',
      args: { mode: '0600' },
      seen: served,
      changes: ['mode'],
      steps: [`file.attributes ${available}`],
    },
    { title: 'not enabled', seen: unserved, changes: ['enabled'], steps: [{ kind: 'file.link', confirm: test }] },
    {
      title: 'a link that leads elsewhere',
      seen: { ...served, link: { ...linked, target: '/srv/site' } },
      changes: ['enabled'],
      steps: [`file.link ${link}`],
    },
    {
      title: 'a file in place of the link',
      seen: { ...served, link: { type: 'other', writable: true } },
      ...nothing,
      blocked: 'no symbolic link',
    },
    {
      title: 'a directory of links that this user may not change',
      seen: { ...unserved, link: { type: 'absent', writable: false } },
      ...nothing,
      blocked: 'this user may not change',
    },
    {
      title: 'a directory in place of the text',
      seen: { ...debian, available: seenFile({ type: 'directory' }, available) },
      ...nothing,
      blocked: 'is a directory',
    },
    { title: 'to be disabled, and it is', args: { enabled: false }, seen: unserved, ...nothing },
    {
      title: 'to be disabled',
      args: { enabled: false },
      seen: served,
      changes: ['enabled'],
      steps: [{ kind: 'file.remove', path: link, confirm: test }],
    },
    {
      title: 'to be disabled, with another text: nothing to try before it counts',
      args: { enabled: false },
      seen: { ...changed, link: linked },
      changes: ['content', 'enabled'],
      steps: [`file.remove ${link}`, { kind: 'file.write', confirm: undefined }],
    },
    {
      title: 'new and disabled',
      args: { enabled: false },
      seen: debian,
      changes: ['type'],
      steps: [`file.write ${available}`],
    },
    { title: 'absent, and it is', args: { content: undefined, absent: true }, seen: debian, ...nothing },
    {
      title: 'to be absent',
      args: { content: undefined, absent: true },
      seen: served,
      changes: ['enabled', 'type'],
      steps: [
        { kind: 'file.remove', path: link, confirm: test },
        { kind: 'file.remove', path: available },
      ],
    },
    {
      title: 'to be absent: a link that leads nowhere goes too',
      args: { content: undefined, absent: true },
      seen: { ...debian, link: linked },
      changes: ['enabled', 'type'],
      steps: [`file.remove ${link}`],
    },
    {
      title: 'to be absent, and a file in place of the link',
      args: { content: undefined, absent: true },
      seen: { ...served, link: { type: 'other', writable: true } },
      ...nothing,
      blocked: 'no symbolic link',
    },
    {
      title: 'to be absent, and the link may not go',
      args: { content: undefined, absent: true },
      seen: { ...served, link: { ...linked, writable: false } },
      ...nothing,
      blocked: `may not change "${link}"`,
    },
    {
      title: 'to be absent, and the text may not go',
      args: { content: undefined, absent: true },
      seen: { ...unserved, available: { ...unserved.available, writable: false } },
      ...nothing,
      blocked: `the directory of "${available}"`,
    },
    {
      title: 'to be absent: where there is no link, nobody needs to change its directory',
      args: { content: undefined, absent: true },
      seen: { ...unserved, link: { type: 'absent', writable: false } },
      changes: ['type'],
      steps: [`file.remove ${available}`],
    },
    {
      title: 'no text: what is there is enabled',
      args: { content: undefined },
      seen: unserved,
      changes: ['enabled'],
      steps: [`file.link ${link}`],
    },
    {
      title: 'no text, and nothing there',
      args: { content: undefined },
      seen: debian,
      ...nothing,
      blocked: 'there is no site "blog"',
    },
    {
      title: 'no text, nothing there, and not wanted',
      args: { content: undefined, enabled: false },
      seen: debian,
      ...nothing,
    },
    { title: 'no nginx', seen: bare, ...nothing, blocked: 'there is no nginx' },
    { title: 'no nginx, and absent', args: { content: undefined, absent: true }, seen: bare, ...nothing },
    {
      title: 'a secret text is not read for a diff',
      args: { secret: true },
      seen: { ...debian, available: held(available, 'f'.repeat(64)), link: linked },
      changes: ['content'],
      steps: [`file.write ${available}`],
    },
    {
      title: 'described by arguments',
      args: { content: undefined, root: '/srv/blog' },
      seen: {
        ...debian,
        available: held(available, makeBlob(serverBlocks('blog', { root: '/srv/blog' })).sha256),
        link: linked,
      },
      ...nothing,
    },

    { title: 'conf.d: converged', seen: { ...other, file: held(confd) }, ...nothing },
    {
      title: 'conf.d: new',
      seen: other,
      changes: ['type'],
      steps: [{ kind: 'file.write', path: confd, confirm: test }],
    },
    {
      title: 'conf.d: disabled until now',
      seen: { ...other, off: held(`${confd}.disabled`) },
      changes: ['type', 'enabled'],
      steps: [`file.write ${confd}`, `file.remove ${confd}.disabled`],
    },
    {
      title: 'conf.d: to be disabled',
      args: { enabled: false },
      seen: { ...other, file: held(confd) },
      changes: ['type', 'enabled'],
      steps: [{ kind: 'file.remove', path: confd, confirm: test }, `file.write ${confd}.disabled`],
    },
    {
      title: 'conf.d: to be disabled, whatever it holds',
      args: { content: undefined, enabled: false },
      seen: { ...other, file: held(confd) },
      changes: ['enabled'],
      steps: [{ kind: 'exec' }],
    },
    {
      title: 'conf.d: to be enabled, whatever it holds',
      args: { content: undefined },
      seen: { ...other, off: held(`${confd}.disabled`) },
      changes: ['enabled'],
      steps: [{ kind: 'exec' }],
    },
    {
      title: 'conf.d: no text, and nothing there',
      args: { content: undefined },
      seen: other,
      ...nothing,
      blocked: 'there is no site',
    },
    {
      title: 'conf.d: to be absent',
      args: { content: undefined, absent: true },
      seen: { ...other, file: held(confd), off: held(`${confd}.disabled`) },
      changes: ['enabled', 'type'],
      steps: [{ kind: 'file.remove', path: confd, confirm: test }, `file.remove ${confd}.disabled`],
    },
  ],
  [plugin],
)

it.each([
  [{ content, source: content }, 'exclude each other'],
  [{ content, root: '/srv' }, 'exclude each other'],
  [{ content, absent: true }, 'exclude each other'],
  [{ root: '/srv', proxy_pass: 'http://a' }, 'exclude each other'],
  [{ root: '/srv', certificate: '/c' }, '"certificate" needs "key"'],
])('arguments that do not go together: %j', (given, told) => {
  expect(site.conflict?.({ name: 'a', enabled: true, ...given })).toContain(told)
})

it.each([
  [{ content }],
  [{}],
  [{ absent: true }],
  [{ root: '/srv', certificate: '/c', key: '/k' }],
  // A late certificate may not be there yet.
  [{ root: '/srv', key: '/k' }],
])('arguments that do: %j', (given) => {
  expect(site.conflict?.({ name: 'a', enabled: true, ...given })).toBeUndefined()
})

it('owns its file in both layouts', () => {
  expect(site.owns?.({ name: 'blog', enabled: true })).toEqual([available, confd])
})

it.each(['blog', 'a b', "it's", 'münchen.example', '-x', '$(id)', 'a.b~'])('the name %j is taken', (name) => {
  expect(z.strictObject(site.args).safeParse({ name }).success).toBe(true)
})

it.each(['', '.', '..', '.hidden', 'a/b', 'a\nb', 'a\u007Fb', 'x'.repeat(201)])('the name %j is refused', (name) => {
  expect(z.strictObject(site.args).safeParse({ name }).success).toBe(false)
})
