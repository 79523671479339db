import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { type Loaded, type Loader, type Place, ProveError, type Scope } from '@prove/core'
import { loadContext } from '@prove/core/testing'
import { nunjucksLoader, nunjucksRenderer } from '../index.js'
import { loadTemplate } from '../load-template.js'

await nunjucksRenderer.prepare?.()

/** Files by their path; `main.yml` is the one that is loaded. */
export type Files = Readonly<Record<string, string>>

export interface Ground {
  readonly files?: Files
  readonly scope?: Partial<Scope>
  readonly folders?: readonly string[]
}

/**
 * Stands in for the loader of YAML: its data is the text, and the place of a path is that of the first word of the path in
 * the text. It refuses a text at the word BROKEN.
 */
export const textLoader: Loader = {
  name: 'yaml',
  extensions: ['.yml', '.yaml'],
  isStatic: () => true,
  load(file, text) {
    const place = (word: string): Place => {
      const before = text.slice(0, Math.max(text.indexOf(word), 0)).split(/\r\n|\r|\n/)
      return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 }
    }
    if (text.includes('BROKEN')) throw new ProveError('PRV_LOADER_SYNTAX', 'broken', { place: place('BROKEN') })
    return {
      data: text,
      placeOf: ([word = '']) => place(String(word)),
      placeOfKey: ([word = '']) => place(String(word)),
    }
  },
}

/** A folder of templates. */
export class Fixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'prove-nunjucks-'))

  readonly #written = new Map<string, string>()

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  load(text: string, { files = {}, scope = {}, folders = ['templates'] }: Ground = {}): Loaded {
    this.write(files)
    const templateFolders = folders.map((folder) => join(this.folder, folder))
    const context = loadContext(scope, { loaders: [textLoader], templateFolders })
    const file = join(this.folder, 'main.yml')
    if (nunjucksLoader.isStatic(text)) return textLoader.load(file, text, context) as Loaded
    return loadTemplate(textLoader, file, text, context) as Loaded
  }

  render(text: string, { files = {}, scope = {}, folders = ['templates'] }: Ground = {}): string {
    this.write(files)
    const templateFolders = folders.map((folder) => join(this.folder, folder))
    return nunjucksRenderer.render(join(this.folder, 'main.yml'), text, loadContext(scope, { templateFolders }))
  }

  failure(text: string, ground: Ground = {}): ProveError {
    try {
      this.render(text, ground)
    } catch (error) {
      if (error instanceof ProveError) return error
      throw error
    }
    throw new Error('it did not fail')
  }

  /** A place as `line:column`, before it the file unless that is `main.yml`. */
  shown(place: Place | undefined): string {
    if (place === undefined) return 'nowhere'
    const file = relative(this.folder, place.file)
    return `${file === 'main.yml' ? '' : `${file}:`}${place.line}:${place.column}`
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      if (this.#written.get(name) === text) continue
      this.#written.set(name, text)
      mkdirSync(dirname(join(this.folder, name)), { recursive: true })
      writeFileSync(join(this.folder, name), text)
    }
  }
}
