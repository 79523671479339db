import { didYouMean, type Place, ProveError, withDetails } from '@prove/core'
import { compileExpression } from './expressions.js'
import { Refusal } from './failure.js'
import { Frame } from './frame.js'
import type { BlockNode, FromImportNode, ImportNode, IncludeNode, Node, PairNode } from './nunjucks.js'
import { Output } from './output.js'
import type { Run, Statement } from './run.js'
import { compileStatement } from './statements.js'
import type { Template } from './template-store.js'
import { nameIn, placed, type Unit } from './unit.js'
import { kindOf } from './values.js'

/** Prints a template, or the one that it extends, into the output of a run. */
export const printTemplate = (template: Template, run: Run): void => {
  const outside = run.out
  // What stands around the blocks of a template that extends another one is not printed.
  if (template.extendsAnother) run.out = new Output()
  template.root(run)
  const { parent } = run
  if (parent !== undefined) {
    run.out = outside
    run.parent = undefined
    inside(parent.place, () => run.rendering.nest(`"${parent.name}"`, () => printTemplate(parent.template, run)))
  } else if (template.extendsAnother) {
    outside.append(run.out)
    run.out = outside
  }
}

/** Runs a template that was opened by a tag, with names of its own. */
const use = (name: string, template: Template, { rendering }: Run, frame: Frame, out: Output): void => {
  const blocks = new Map([...template.blocks].map(([block, statement]) => [block, [statement]]))
  const run: Run = { rendering, frame, out, blocks, parent: undefined, block: undefined }
  rendering.nest(`"${name}"`, () => printTemplate(template, run))
}

/** Adds the tag that led to a template to what that throws. */
const inside = <T>(place: Place, action: () => T): T => {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof ProveError) || error.place === undefined) throw error
    const { includedFrom } = error
    // A template that includes itself without end does so at one place.
    if (isSame(includedFrom.at(-1) ?? error.place, place)) throw error
    throw withDetails(error, { includedFrom: [...includedFrom, place] })
  }
}

const isSame = (one: Place, other: Place): boolean =>
  one.file === other.file && one.line === other.line && one.column === other.column

interface Opened {
  readonly name: string
  readonly template: Template
}

/** Finds the template that a tag names; undefined only where it may be missing. */
const compileOpen = (node: Node, tag: Node, unit: Unit, mayBeMissing = false): ((run: Run) => Opened | undefined) => {
  const asked = compileExpression(node, unit)
  return placed(unit, tag, 'the template', (run) => {
    const name = asked(run)
    if (typeof name !== 'string') throw new Refusal(`the name of a template must be a text, found ${kindOf(name)}`)
    const { store, folders } = run.rendering
    const template = inside(unit.source.placeOf(tag), () => store.find(name, unit.source, folders))
    if (template !== undefined) return { name, template }
    if (mayBeMissing) return undefined
    throw new ProveError('PRV_TEMPLATE_MISSING', `there is no template "${name}"`, {
      hint: store.hintFor(name, unit.source, folders),
    })
  })
}

/** A block, as the template that was asked for has it. */
export const compileBlock = (node: Node, unit: Unit): Statement => {
  const { name: named, body } = node as BlockNode
  const name = String(named.value)
  if (unit.blocks.has(name)) {
    throw unit.source.error('PRV_TEMPLATE_SYNTAX', `the block "${name}" is written twice`, node, {
      hint: 'give one of the two another name',
    })
  }
  // The name is taken before the body is read, which may hold a block of the same name.
  unit.blocks.set(name, () => undefined)
  unit.blocks.set(name, compileStatement(body, unit))
  return placed(unit, node, 'the block', (run) => {
    if (run.parent !== undefined) return
    const frame = new Frame(run.frame, true)
    const [block] = run.blocks.get(name) ?? []
    run.rendering.nest(`the block "${name}"`, () => block?.({ ...run, frame, block: { name, level: 0 } }))
  })
}

export const compileExtends = (node: Node, unit: Unit): Statement => {
  const open = compileOpen((node as IncludeNode).template, node, unit)
  unit.extends.push(node)
  return (run) => {
    const opened = open(run)
    if (opened === undefined) return
    run.parent = { ...opened, place: unit.source.placeOf(node) }
    for (const [name, block] of opened.template.blocks) {
      run.blocks.set(name, [...(run.blocks.get(name) ?? []), block])
    }
  }
}

/** Prints another template, which sees all names and can change none. */
export const compileInclude = (node: Node, unit: Unit): Statement => {
  const { template, ignoreMissing } = node as IncludeNode
  const open = compileOpen(template, node, unit, ignoreMissing === true)
  return placed(unit, node, 'the include', (run) => {
    const opened = open(run)
    if (opened === undefined) return
    inside(unit.source.placeOf(node), () =>
      use(opened.name, opened.template, run, new Frame(run.frame, true, true), run.out),
    )
  })
}

/** The macros and names of another template. */
const compileExported = (
  node: ImportNode | FromImportNode,
  unit: Unit,
): ((run: Run) => Readonly<Record<string, unknown>>) => {
  const open = compileOpen(node.template, node, unit)
  return placed(unit, node, 'the import', (run) => {
    const opened = open(run)
    const frame = new Frame(node.withContext === true ? run.frame : undefined, true, true)
    if (opened === undefined) return {}
    inside(unit.source.placeOf(node), () => use(opened.name, opened.template, run, frame, new Output()))
    return Object.fromEntries([...(frame.exported ?? [])].map((name) => [name, frame.names.get(name)]))
  })
}

export const compileImport = (node: Node, unit: Unit): Statement => {
  const { target } = node as ImportNode
  const exported = compileExported(node as ImportNode, unit)
  const name = target.typename === 'Symbol' ? nameIn(target) : undefined
  if (name === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'a name must follow "as"', target)
  return (run) => void run.frame.names.set(name, exported(run))
}

export const compileFromImport = (node: Node, unit: Unit): Statement => {
  const { names, template } = node as FromImportNode
  const exported = compileExported(node as FromImportNode, unit)
  const pairs = names.children.map((child) => {
    const [key, alias] =
      child.typename === 'Pair' ? [(child as PairNode).key, (child as PairNode).value] : [child, child]
    return { node: key, name: nameIn(key) ?? '', alias: nameIn(alias) ?? '' }
  })
  return (run) => {
    const found = exported(run)
    for (const { node: at, name, alias } of pairs) {
      if (!Object.hasOwn(found, name)) {
        const message = `"${nameIn(template) ?? 'the template'}" has no "${name}"`
        const hint = didYouMean(name, Object.keys(found)) ?? 'it gives its macros and what it sets outside of blocks'
        throw unit.source.error('PRV_TEMPLATE_UNDEFINED', message, at, { hint })
      }
      run.frame.names.set(alias, found[name])
    }
  }
}
