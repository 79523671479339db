import { FactsNeeded, ProveError, ProveErrors, type RenderContext } from '@prove/core'
import { toTemplateError } from './failure.js'
import { Frame } from './frame.js'
import { printTemplate } from './inheritance.js'
import { Output } from './output.js'
import { Rendering, type Run } from './run.js'
import { TemplateStore } from './template-store.js'

const store = new TemplateStore()

/** Renders a template for one target; throws PRV_TEMPLATE_… with the place, and what the facts throw. */
export const renderTemplate = (file: string, text: string, { scope, templateFolders }: RenderContext): Output => {
  const template = store.compile(file, text)
  const run: Run = {
    rendering: new Rendering(scope, templateFolders, store),
    frame: new Frame(undefined, true, true),
    out: new Output(),
    blocks: new Map([...template.blocks].map(([name, block]) => [name, [block]])),
    parent: undefined,
    block: undefined,
  }
  const { out } = run
  try {
    printTemplate(template, run)
    return out
  } catch (error) {
    if (error instanceof ProveError || error instanceof ProveErrors || error instanceof FactsNeeded) throw error
    throw toTemplateError(error, 'the template', template.source.place(0))
  }
}
