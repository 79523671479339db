import { readFileSync } from 'node:fs'

const eager = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;'
const lazy = `let rgiEmoji;
const rgiEmojiRegex = { test: (text) => (rgiEmoji ??= /^\\p{RGI_Emoji}$/v).test(text) };`

/**
 * The expression by which string-width knows emoji takes as long to build as a twentieth of a short run, and is wanted only where a
 * text is not ASCII: it is built then.
 */
export const lazyEmoji = {
  name: 'lazy-emoji',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes(eager))
        throw new Error(`${path} builds its expression for emoji in another way: see build/lazy-emoji.mjs`)
      return { contents: text.replace(eager, () => lazy) }
    })
  },
}
