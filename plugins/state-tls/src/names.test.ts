import { expect, it } from 'vitest'
import { alternativeName, namesSection, subjectArgument, subjectOf, subjectWord } from './names.js'

it.each([
  ['blog.example', 'DNS:blog.example'],
  ['Blog.EXAMPLE', 'DNS:blog.example'],
  ['*.blog.example', 'DNS:*.blog.example'],
  ['localhost', 'DNS:localhost'],
  ['_sip.blog.example', 'DNS:_sip.blog.example'],
  ['bücher.example', 'DNS:xn--bcher-kva.example'],
  ['*.Bücher.example', 'DNS:*.xn--bcher-kva.example'],
  ['192.0.2.1', 'IP:192.0.2.1'],
  ['2001:DB8:0:0::1', 'IP:2001:db8::1'],
  ['web@blog.example', 'email:web@blog.example'],
  ['https://blog.example/a?b=c', 'URI:https://blog.example/a?b=c'],
  ['spiffe://a/b', 'URI:spiffe://a/b'],
])('the name %s is %s', (text, expected) => {
  expect(alternativeName(text)).toBe(expected)
})

it.each([
  '',
  ' ',
  'a b',
  'a\nb',
  'a.example,DNS:evil.example',
  '$HOME',
  'a;b',
  '"a"',
  String.raw`a\b`,
  '#a',
  '-a.example',
  'a..b',
  '*.*.example',
  'a.*.example',
  'fe80::1%eth0',
  'ü@example.org',
  `${'a'.repeat(64)}.example`,
  'https://bücher.example/',
])('the name %j is refused', (text) => {
  expect(alternativeName(text)).toBeUndefined()
})

it('names are numbered for openssl', () => {
  expect(namesSection(['DNS:a', 'IP:2001:db8::1'])).toEqual(['[names]', 'DNS.1 = a', 'IP.2 = 2001:db8::1'])
})

it.each([
  [{ names: ['b.example', 'a.example'] }, '/CN=b.example'],
  [{ names: 'bücher.example' }, '/CN=xn--bcher-kva.example'],
  [{ subject: { common_name: 'A/B+C=D', country: 'AT' } }, String.raw`/C=AT/CN=A\/B\+C=D`],
  [{ subject: { organization: String.raw`back\slash`, email: 'a@b' } }, String.raw`/O=back\\slash/emailAddress=a@b`],
  [{}, '/'],
])('the subject of %j', (given, word) => {
  expect(subjectWord(subjectOf(given))).toBe(word)
})

it.each([
  {},
  { country: 'Austria' },
  { common_name: '' },
  { common_name: 'a\nb' },
  { common_name: 'x'.repeat(65) },
  { name: 'a' },
])('the subject %j is refused', (subject) => {
  expect(subjectArgument('').safeParse(subject).success).toBe(false)
})
