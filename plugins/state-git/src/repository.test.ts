import { expect, it } from 'vitest'
import { gitEnvironment } from './git-environment.js'
import { isSameUrl, repositoryOf } from './repository.js'

it.each([
  ['https://example.org/a.git', 'https://example.org/a.git', undefined],
  ['https://ghp_token@example.org:8443/a.git', 'https://example.org:8443/a.git', ''],
  ['https://me@mail.org@example.org/a@b', 'https://example.org/a@b', ''],
  ['https://me:s%40cret@example.org/a.git', 'https://example.org/a.git', 's@cret'],
  ['https://me:100%@example.org/a', 'https://example.org/a', '100%'],
  ['http://:token@[::1]:8080/a@b', 'http://[::1]:8080/a@b', 'token'],
  ['https://me:a:b@x/y', 'https://x/y', 'a:b'],
  ['ssh://git@example.org:2222/a.git', 'ssh://git@example.org:2222/a.git', undefined],
  ['ssh://git:secret@example.org/a.git', 'ssh://git@example.org/a.git', undefined],
  ['git@example.org:a/b.git', 'git@example.org:a/b.git', undefined],
  ['/srv/git/a b.git', '/srv/git/a b.git', undefined],
  ['file:///srv/git/a@b:c', 'file:///srv/git/a@b:c', undefined],
])('takes the password out of %s', (written, url, password) => {
  expect(repositoryOf(written)).toMatchObject({ url })
  expect(repositoryOf(written).credentials?.password).toBe(password)
})

it('takes a token that is the user alone for a secret', () => {
  expect(repositoryOf('https://ghp%5Ftoken@example.org/a').credentials).toEqual({ username: 'ghp_token', password: '' })
})

it.each([
  ['https://me:x@example.org/a.git', 'credential.https://example.org.helper'],
  ['http://me:x@[::1]:8080/a@b', 'credential.http://[::1]:8080.helper'],
])('tells the password of %s to its server only', (written, key) => {
  const env = gitEnvironment({ repository: repositoryOf(written) })
  const told = [0, 1, 2].map((i) => [env[`GIT_CONFIG_KEY_${i}`], env[`GIT_CONFIG_VALUE_${i}`] === ''])
  expect(env['GIT_CONFIG_COUNT']).toBe('3')
  expect(told).toEqual([
    ['credential.helper', true],
    [key, true],
    [key, false],
  ])
})

it.each([
  ['https://a/b', 'https://me:x@a/b/', true],
  ['https://a/b', 'https://a/b.git', false],
  ['git@a:b', 'git@a:c', false],
])('compares %s with %s', (a, b, expected) => {
  expect(isSameUrl(a, b)).toBe(expected)
})

it('hands a password over in variables only, and a key as one word', () => {
  const env = gitEnvironment({ repository: repositoryOf('https://me:se cret@a/b'), key: `/k/it's` })
  expect(env).toMatchObject({ PROVE_GIT_USERNAME: 'me', PROVE_GIT_PASSWORD: 'se cret', GIT_TERMINAL_PROMPT: '0' })
  expect(env['GIT_SSH_COMMAND']).toMatch(/IdentitiesOnly=yes -i '\/k\/it'\\''s'$/)
  expect(Object.entries(env).filter(([, value]) => value.includes('se cret'))).toHaveLength(1)
  expect(gitEnvironment({ repository: { url: 'x' }, acceptHostKey: true })['GIT_SSH_COMMAND']).toContain('accept-new')
})
