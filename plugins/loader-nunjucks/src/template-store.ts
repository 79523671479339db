import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { didYouMean, messageOf, ProveError } from '@prove/core'
import type { Statement } from './run.js'
import { compileStatement } from './statements.js'
import { parseTemplate } from './template-parser.js'
import { TemplateText } from './template-text.js'
import type { Unit } from './unit.js'

/** A template that can be rendered any number of times. */
export interface Template {
  readonly source: TemplateText
  readonly root: Statement
  readonly blocks: ReadonlyMap<string, Statement>
  readonly extendsAnother: boolean
}

/** How many files are kept; a daemon sees new ones forever. */
const maxFiles = 1000

/** Finds templates and compiles each once: a thousand targets share what they render. */
export class TemplateStore {
  readonly #compiled = new Map<string, { text: string; template: Template }>()

  /** The template with this text; throws PRV_TEMPLATE_SYNTAX and PRV_TEMPLATE_UNDEFINED with their place. */
  compile(file: string, text: string): Template {
    const known = this.#compiled.get(file)
    if (known?.text === text) return known.template
    const template = compileTemplate(file, text)
    this.#compiled.delete(file)
    this.#compiled.set(file, { text, template })
    const [oldest] = this.#compiled.keys()
    if (this.#compiled.size > maxFiles && oldest !== undefined) this.#compiled.delete(oldest)
    return template
  }

  /** The template of this name, next to the one that asks or in the first folder that has it. */
  find(name: string, asking: TemplateText, folders: readonly string[]): Template | undefined {
    const inside = normalize(name)
    if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) {
      throw new ProveError('PRV_TEMPLATE_MISSING', `the name "${name}" leads out of the folders of templates`, {
        hint: 'write the path inside of one of them',
      })
    }
    for (const folder of roots(asking, folders)) {
      const file = join(folder, inside)
      if (isFile(file)) return this.compile(file, readText(file))
    }
    return undefined
  }

  /** What to say when there is none. */
  hintFor(name: string, asking: TemplateText, folders: readonly string[]): string {
    const looked = roots(asking, folders)
    const inside = dirname(normalize(name))
    const known = looked.flatMap((folder) => entriesOf(join(folder, inside)).map((entry) => join(inside, entry)))
    return didYouMean(normalize(name), known) ?? `templates are looked up in ${looked.join(', ')}`
  }
}

const roots = ({ file }: TemplateText, folders: readonly string[]): readonly string[] => [
  ...new Set([dirname(file), ...folders]),
]

// A name may be too long for a path, or hold what no path can.
const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_TEMPLATE_MISSING', `cannot read "${file}": ${messageOf(error)}`, { cause: error })
  }
}

const entriesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const compileTemplate = (file: string, text: string): Template => {
  const source = new TemplateText(file, text)
  const parsed = parseTemplate(source)
  const unit: Unit = { source, blocks: new Map(), probed: new Set(), extends: [] }
  try {
    const root = compileStatement(parsed, unit)
    return { source, root, blocks: unit.blocks, extendsAnother: unit.extends.length > 0 }
  } catch (error) {
    if (error instanceof ProveError) throw error
    throw source.error('PRV_TEMPLATE_SYNTAX', 'the template cannot be understood', 0, { cause: error })
  }
}
