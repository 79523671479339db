import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createKernel, messageOf, ProveError, quote } from '@prove/core'
import { editorSettings } from './editor-settings.js'
import { standardPlugins } from './load-kernel.js'
import { packageFolder } from './package-folder.js'
import { schemaFiles } from './schema.js'

export interface InitCall {
  /** Where the catalog begins. */
  readonly folder: string
  /** The one that shows more, in place of the small one. */
  readonly demo: boolean
}

const catalogs = join(packageFolder, 'catalogs')

/** Not among the files of the catalogs: npm publishes no .gitignore. */
const ownFiles: Readonly<Record<string, string>> = {
  '.gitignore': '.prove/\n',
  '.vscode/settings.json': `${JSON.stringify(editorSettings, null, 2)}\n`,
}

/** Begins a catalog that works, with the schemas for editors. What is there already is left alone. */
export const init = async ({ folder, demo }: InitCall, print: (text: string) => void): Promise<number> => {
  assertFree(folder, demo)
  const loaded = await standardPlugins()
  const files = { ...filesOf(join(catalogs, demo ? 'demo' : 'small')), ...ownFiles }
  for (const [name, text] of [...Object.entries(files), ...Object.entries(schemaFiles(createKernel(loaded)))]) {
    const path = join(folder, name)
    // Schemas are made from the plugins: they are the same, or out of date.
    const isKept = existsSync(path) && !name.startsWith('.prove/')
    if (!isKept) write(path, text)
    print(`${isKept ? 'kept ' : 'wrote'}  ${path}\n`)
  }
  print(nextSteps(folder, demo))
  return 0
}

const configNames = ['ts', 'mts', 'js', 'mjs', 'yaml', 'yml', 'json'].map((extension) => `prove.config.${extension}`)

/** Two catalogs in one folder would be neither. Only the small one may be begun again: it gives what is missing of it. */
const assertFree = (folder: string, demo: boolean): void => {
  const is = statOf(folder)
  if (is !== undefined && !is.isDirectory()) {
    throw new ProveError('PRV_USAGE', `"${folder}" is a file`, { hint: 'name a folder, new or empty' })
  }
  const config = configNames.find((name) => existsSync(join(folder, name)))
  if (config === undefined || (config === 'prove.config.ts' && !demo)) return
  throw new ProveError('PRV_USAGE', `there is a catalog already: "${join(folder, config)}"`, {
    hint: `begin another in a folder of its own: prove init ${demo ? '--demo demo' : 'site'}`,
  })
}

const statOf = (path: string): ReturnType<typeof statSync> => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw notWritten(path, error)
  }
}

const write = (path: string, text: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw notWritten(path, error)
  }
}

const notWritten = (path: string, error: unknown): ProveError =>
  new ProveError('PRV_USAGE', `cannot write "${path}": ${messageOf(error)}`, {
    hint: 'name a folder that you may write: prove init FOLDER',
    cause: error,
  })

/** The files below a folder, by path. */
const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

const nextSteps = (folder: string, demo: boolean): string => {
  const steps = [
    ...(folder === '.' ? [] : [[`cd ${quote(folder)}`, '']]),
    ['prove plan', 'what would change'],
    ['prove apply', 'make it so'],
    demo ? ['cat README.md', 'what else to try'] : ['prove doctor', 'whether everything is right here'],
  ]
  return `\nnext:\n${steps.map(([line = '', about = '']) => `  ${line.padEnd(16)}${about}`.trimEnd()).join('\n')}\n`
}
