import { describe, expect, it } from 'vitest'
import { checksum, checksumText, givenChecksum, sumIn } from './checksum.js'

const a = 'a'.repeat(64)
const b = 'B'.repeat(64)
const long = 'c'.repeat(128)
const one = { algorithm: 'sha256', hex: a }

describe('a published table', () => {
  it.each<[string, string, unknown]>([
    ['of sha256sum', `${'0'.repeat(64)}  other\n${a}  app.tgz\n`, one],
    ['of sha256sum, binary', `${a} *app.tgz\n`, one],
    ['with one blank', `${a} app.tgz\n`, one],
    ['with tabs and line ends of Windows', `${a}\tapp.tgz\r\n${b}\tx\r\n`, one],
    ['in capitals', `${b}  app.tgz`, { algorithm: 'sha256', hex: 'b'.repeat(64) }],
    ['with paths', `${a}  ./linux/app.tgz\n${b}  ./README\n`, one],
    ['of BSD', `SHA256 (app.tgz) = ${a}\nSHA512 (x) = ${long}\n`, one],
    ['of BSD, with a path and parentheses', `SHA256 (a (1)/app.tgz) = ${a}\n`, one],
    ['of a hash alone', `${a}\n`, one],
    ['of a hash alone, with blank lines', `\n  ${a}  \n\n`, one],
    ['of another algorithm', `${long}  app.tgz`, { algorithm: 'sha512', hex: long }],
    ['with two algorithms', `${a}  app.tgz\n${long}  app.tgz\n`, { algorithm: 'sha512', hex: long }],
    [
      'that is signed',
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${a}  app.tgz\n-----BEGIN PGP SIGNATURE-----\niQ\n`,
      one,
    ],
    ['with the same twice', `${a}  app.tgz\n${a}  dir/app.tgz\n`, one],
    ['with two different sums', `${a}  x/app.tgz\n${b}  y/app.tgz\n`, undefined],
    ['without the name', `${a}  other.tgz\n`, undefined],
    ['with a longer name', `${a}  my-app.tgz\n${b}  app.tgz.sig\n`, undefined],
    ['of two hashes alone', `${a}\n${b}\n`, undefined],
    ['of md5', `${'d'.repeat(32)}  app.tgz\n`, undefined],
    ['that is a web page', `<html><body>${a}</body></html>`, undefined],
    ['that is empty', '', undefined],
    ['that is cut', a.slice(0, 60), undefined],
  ])('%s', (_title, table, sum) => expect(sumIn(table, 'app.tgz')).toEqual(sum))
})

it('is an argument with its algorithm', () => {
  const schema = checksum('')
  expect([`sha256:${a}`, `SHA512:${long}`, `sha256:${b}`].every((text) => schema.safeParse(text).success)).toBe(true)
  for (const text of [a, `sha512:${a}`, `md5:${'d'.repeat(32)}`, `sha256:${a}0`, `sha256:${'x'.repeat(64)}`]) {
    expect(schema.safeParse(text).success, text).toBe(false)
  }
  expect(checksumText(givenChecksum(`SHA256:${b}`))).toBe(`sha256:${b.toLowerCase()}`)
})
