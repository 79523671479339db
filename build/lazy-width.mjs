/**
 * What string-width knows of letters takes as long to set up as a tenth of a short run, and most texts are ASCII: each column of
 * those is a letter. The package is evaluated when there is another.
 */
export const lazyWidth = {
  name: 'lazy-width',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^string-width$/ }, ({ kind, resolveDir }) =>
      kind === 'import-statement' ? { path: resolveDir, namespace: 'lazy-width' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'lazy-width' }, ({ path }) => ({
      resolveDir: path,
      contents: `let whole
export default (text, options) =>
  /^[ -~]*$/.test(text) ? text.length : (whole ??= require('string-width').default)(text, options)`,
    }))
  },
}
