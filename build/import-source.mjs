import { build } from 'esbuild'

/** The exports of one TypeScript file of the workspace, for scripts that print what is not published. */
export const importSource = async (file) => {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['development'],
    write: false,
  })
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
}
