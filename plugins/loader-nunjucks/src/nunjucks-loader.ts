import { type LoadContext, type Loader, ProveError } from '@prove/core'

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
  async load(file, text, context) {
    const yaml = loaderOf(file, context)
    if (nunjucksLoader.isStatic(text)) return yaml.load(file, text, context)
    // Most files are no templates: Nunjucks is loaded for those that are.
    const { loadTemplate } = await import('./load-template.js')
    return loadTemplate(yaml, file, text, context)
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
