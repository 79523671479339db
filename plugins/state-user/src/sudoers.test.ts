import { expect, it } from 'vitest'
import { ruleText, type Rule } from './sudoers.js'

it.each<[string, Rule, string]>([
  ['everything', { user: 'ann' }, 'ann ALL = (ALL) ALL'],
  ['a group', { user: '%adm', as: 'root' }, '%adm ALL = (root) ALL'],
  ['several', { user: ['ann', '%adm'], hosts: ['h1', 'h2'], as: 'www:www' }, 'ann, %adm h1, h2 = (www:www) ALL'],
  ['tags', { user: 'ann', nopasswd: true, setenv: true }, 'ann ALL = (ALL) NOPASSWD: SETENV: ALL'],
  ['commands', { user: 'ann', commands: ['/bin/a', '!/bin/b *'] }, 'ann ALL = (ALL) /bin/a, !/bin/b *'],
  [
    'characters of its own',
    { user: 'ann', commands: ['/bin/a x,y:z=1'] },
    String.raw`ann ALL = (ALL) /bin/a x\,y\:z\=1`,
  ],
  [
    'what is escaped already',
    { user: 'ann', commands: [String.raw`/bin/a x\,y\*`] },
    String.raw`ann ALL = (ALL) /bin/a x\,y\*`,
  ],
  [
    'a digest',
    { user: 'ann', commands: ['sha256:ab= /bin/a b=c'] },
    String.raw`ann ALL = (ALL) sha256:ab= /bin/a b\=c`,
  ],
  ['a name with a blank', { user: '%domain users' }, '"%domain users" ALL = (ALL) ALL'],
])('a rule with %s', (_title, rule, line) => {
  expect(ruleText(rule)).toBe(`${line}\n`)
})
