import { type Loaded, type LoadContext, type Loader, ProveError } from '@prove/core'
import { LoadedFiles } from './loaded-files.js'
import { placedIn, toPlaced } from './mapped.js'
import { Rendered } from './output.js'
import { renderTemplate } from './render.js'

const files = new LoadedFiles()

/**
 * Renders state files with Nunjucks and hands the text to the loader for YAML; every place is one of the template.
 *
 * Templates see each variable by its name, and `target`, `variables`, `facts` and `with`. A name or member that is not
 * defined is an error, wherever it stands; only `is defined` and `default` may ask. Lines that hold nothing but tags are
 * taken out. Null prints nothing, lists and maps print as JSON. Templates are trusted code: they reach no constructor and
 * no file outside of their folders, but a regular expression of theirs may take its time.
 */
export const nunjucksLoader: Loader = {
  name: 'nunjucks',
  extensions: ['.yml', '.yaml'],
  over: 'yaml',
  isStatic: (text) => !/\{[{%#]/.test(text),
  load(file, text, context) {
    const yaml = loaderOf(file, context)
    if (nunjucksLoader.isStatic(text)) return yaml.load(file, text, context)
    const rendered = new Rendered(renderTemplate(file, text, context))
    return files.find(yaml, file, rendered, () => loadRendered(yaml, file, rendered, context))
  },
}

const loaderOf = (file: string, context: LoadContext): Loader => {
  const yaml = context.loader('yaml')
  if (yaml !== undefined) return yaml
  throw new ProveError('PRV_LOADER_UNKNOWN', 'no plugin registers the loader "yaml", which reads rendered files', {
    place: { file, line: 1, column: 1 },
    hint: 'add the loader for YAML to the plugins',
  })
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
