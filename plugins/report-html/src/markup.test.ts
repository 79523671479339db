import { expect, it } from 'vitest'
import { markup } from './markup.js'

it.each([
  ['<script>', '&lt;script&gt;'],
  [`" onload='x' &amp;`, '&quot; onload=&#39;x&#39; &amp;amp;'],
  ['a\u0000b\u001b[31m\r', String.raw`a\u0000b\u001b[31m\u000d`],
  ['exe\u202Etxt', String.raw`exe\u202etxt`],
  ['\uD800', String.raw`\ud800`],
  ['\u{1F600}\n\t', '\u{1F600}\n\t'],
])('escapes %j', (text, expected) => {
  expect(markup`<p title="${text}">${[text]}</p>`.html).toBe(`<p title="${expected}">${expected}</p>`)
})

it('takes pieces as they are, and leaves out what is not there', () => {
  const items = [1, 2].map((each) => markup`<li>${each}</li>\n`)
  expect(markup`<ul>${items}${undefined}</ul>`.html).toBe('<ul><li>1</li>\n<li>2</li>\n</ul>')
})
