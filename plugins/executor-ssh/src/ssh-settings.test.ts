import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type SshSettings, settingsOf } from './ssh-settings.js'

const cases: readonly (readonly [title: string, lines: string, expected: Partial<SshSettings>])[] = [
  ['nothing', '', { hostname: '', port: 22, user: '', identityFiles: [], proxyJump: [], connectTimeout: undefined }],
  ['an address', 'host web1\nhostname 192.0.2.1', { hostname: '192.0.2.1' }],
  ['no address', 'host web1', { hostname: 'web1' }],
  ['keys in any case', 'HostName a\nPort 2222\nUSER deploy', { hostname: 'a', port: 2222, user: 'deploy' }],
  [
    'several files of keys',
    'identityfile ~/.ssh/a\nidentityfile /b',
    { identityFiles: [join(homedir(), '.ssh/a'), '/b'] },
  ],
  ['no file of keys', 'identityfile none', { identityFiles: [] }],
  ['only these keys', 'identitiesonly yes', { identitiesOnly: true }],
  ['jump hosts', 'proxyjump gate,root@inner:2222', { proxyJump: ['gate', 'root@inner:2222'] }],
  ['no jump host', 'proxyjump none', { proxyJump: [] }],
  ['a command', 'proxycommand nc %h %p', { proxyCommand: 'nc %h %p' }],
  ['no command', 'proxycommand none', { proxyCommand: undefined }],
  ['an agent of the environment', '', { agent: '/env/agent' }],
  ['an agent by its variable', 'identityagent SSH_AUTH_SOCK', { agent: '/env/agent' }],
  ['an agent by another variable', 'identityagent $MY_AGENT', { agent: '/my/agent' }],
  ['an agent by its socket', 'identityagent /run/agent', { agent: '/run/agent' }],
  ['no agent', 'identityagent none', { agent: undefined }],
  [
    'files of known hosts',
    'userknownhostsfile ~/a /b\nglobalknownhostsfile /c',
    { knownHostsFiles: [join(homedir(), 'a'), '/b', '/c'] },
  ],
  ['unknown keys that are asked about', 'stricthostkeychecking ask', { unknownKeys: 'refused' }],
  ['unknown keys that are refused', 'stricthostkeychecking true', { unknownKeys: 'refused' }],
  ['unknown keys that are taken', 'stricthostkeychecking accept-new', { unknownKeys: 'added' }],
  ['unknown keys that nobody looks at', 'stricthostkeychecking false', { unknownKeys: 'ignored' }],
  ['times', 'connecttimeout 7\nserveraliveinterval 5', { connectTimeout: 7, aliveInterval: 5, aliveCount: 3 }],
  ['no time', 'connecttimeout none', { connectTimeout: undefined }],
]

describe('settings of', () => {
  it.each(cases)('%s', (_title, lines, expected) => {
    expect(settingsOf(lines, { SSH_AUTH_SOCK: '/env/agent', MY_AGENT: '/my/agent' })).toMatchObject(expected)
  })
})
