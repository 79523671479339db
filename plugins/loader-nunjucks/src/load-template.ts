import type { Loaded, LoadContext, Loader } from '@prove/core'
import { LoadedFiles } from './loaded-files.js'
import { placedIn, toPlaced } from './mapped.js'
import { Rendered } from './output.js'
import { renderTemplate } from './render.js'

const files = new LoadedFiles()

/** Renders a state file, and reads what came of it as YAML; every place is one of the template. */
export const loadTemplate = (
  yaml: Loader,
  file: string,
  text: string,
  context: LoadContext,
): Loaded | Promise<Loaded> => {
  const rendered = new Rendered(renderTemplate(file, text, context))
  return files.find(yaml, file, rendered, () => loadRendered(yaml, file, rendered, context))
}

const loadRendered = (
  yaml: Loader,
  file: string,
  rendered: Rendered,
  context: LoadContext,
): Loaded | Promise<Loaded> => {
  try {
    const loaded = yaml.load(file, rendered.text, context)
    if (!(loaded instanceof Promise)) return placedIn(file, rendered, loaded)
    return loaded.then(
      (found) => placedIn(file, rendered, found),
      (error: unknown) => {
        throw toPlaced(file, rendered, error)
      },
    )
  } catch (error) {
    throw toPlaced(file, rendered, error)
  }
}
