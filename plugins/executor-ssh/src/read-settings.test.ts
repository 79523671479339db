import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProveError } from '@prove/core'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { findProgram } from '../../../test-fixtures/find-program.js'
import { skipOrFail } from '../../../test-fixtures/shells.js'
import { readSettings } from './read-settings.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-ssh-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = process.env['PATH']
afterEach(() => {
  process.env['PATH'] = path
})

const config = (text: string): string => {
  const file = join(folder, 'config')
  writeFileSync(file, text)
  return file
}

const configurations = [
  ['an empty one', ''],
  ['a host', 'Host web1\n  HostName 192.0.2.1\n  Port 2222\n  User deploy\n'],
  ['a pattern', 'Host web*\n  User deploy\nHost *\n  User nobody\n  Port 2200\n'],
  ['one that is ruled out', 'Host !web1 web*\n  User deploy\n'],
  ['several keys', 'Host web1\n  IdentityFile /a\n  IdentityFile /b\n  IdentitiesOnly yes\n'],
  ['a way there', 'Host web1\n  ProxyJump gate,inner\n'],
  ['a command there', 'Host web1\n  ProxyCommand nc %h %p\n'],
  ['known hosts', 'Host web1\n  UserKnownHostsFile /a /b\n  GlobalKnownHostsFile /dev/null\n  HostKeyAlias w\n'],
  ['first keys', 'Host web1\n  StrictHostKeyChecking accept-new\n'],
  ['times', 'Host web1\n  ConnectTimeout 3\n  ServerAliveInterval 4\n  ServerAliveCountMax 5\n'],
  ['equal signs and quotes', 'Host web1\n  HostName=192.0.2.1\n  IdentityFile "/with blank"\n'],
] as const

describe('without OpenSSH the same is read of', () => {
  it.for(configurations)('%s', async ([, text], ctx) => {
    if (findProgram('ssh') === undefined) skipOrFail(ctx, 'ssh is not installed')
    const file = config(text)
    // Which usual keys there are depends on the version of OpenSSH.
    const comparable = async () => {
      const { identityFiles, ...others } = await readSettings('web1', { config: file })
      return { ...others, identityFiles: identityFiles.filter((each) => !each.includes('/.ssh/id_')) }
    }
    const told = await comparable()
    process.env['PATH'] = '/nonexistent'
    expect(await comparable()).toEqual(told)
  })
})

it('what a target says comes before', async () => {
  const given = { user: 'root', port: 2022, identity: '/key', knownHosts: '/known', connectTimeout: 9 }
  const read = await readSettings('web1', { ...given, config: config('Host web1\n  User deploy\n  Port 22\n') })
  expect(read).toMatchObject({ user: 'root', port: 2022, identityFiles: ['/key'], identitiesOnly: true })
  expect(read).toMatchObject({ knownHostsFiles: ['/known'], connectTimeout: 9 })
})

it('a configuration that cannot be read is told with its place', async () => {
  const file = config('Host web1\n  NoSuchWord yes\n')
  const error: unknown = await readSettings('web1', { config: file }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProveError)
  expect((error as ProveError).message).toContain(file)
})
