import type { Renderer } from '@prove/core'
import { renderTemplate } from './render.js'

/** Makes files out of Nunjucks templates: of sources whose name ends with `.njk`. The language is that of the loader. */
export const nunjucksRenderer: Renderer = {
  name: 'nunjucks',
  extension: '.njk',
  render: (file, text, context) => renderTemplate(file, text, context).text(),
}
