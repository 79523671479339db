import type { Renderer } from '@prove/core'

let engine: typeof import('./render.js') | undefined

/** Makes files out of Nunjucks templates: of sources whose name ends with `.njk`. The language is that of the loader. */
export const nunjucksRenderer: Renderer = {
  name: 'nunjucks',
  extension: '.njk',
  async prepare() {
    engine = await import('./render.js')
  },
  render(file, text, context) {
    if (engine === undefined) throw new Error('the renderer is not prepared')
    return engine.renderTemplate(file, text, context).text()
  },
}
