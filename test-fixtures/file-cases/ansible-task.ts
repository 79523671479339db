import type { FileCase } from './file-case.js'

/** A task of a playbook: the module, its arguments, and where what it does is no change. */
export type AnsibleTask = Readonly<Record<string, Readonly<Record<string, unknown>> | false>>

/** Arguments of a function, by their names. */
export type Args = FileCase['args']

/** Our argument, and theirs. */
type Names = Readonly<Record<string, string>>

const attributes: Names = { path: 'path', owner: 'owner', group: 'group', mode: 'mode' }

/** Python has `\1` and `(?P<name>`. */
const pythonRegex = (source: unknown): string => String(source).replaceAll('(?<n', '(?P<n').replaceAll('(?<k', '(?P<k')
const pythonTemplate = (template: unknown): string =>
  String(template)
    .replaceAll(/\$<(\w+)>/g, String.raw`\g<$1>`)
    .replaceAll(/\$(\d)/g, String.raw`\$1`)

const insertAt: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  beginning: { insertbefore: 'BOF' },
  end: { insertafter: 'EOF' },
}

const positionOf = ({ insert_at: at, which }: Args): Readonly<Record<string, unknown>> => ({
  ...insertAt[String(at)],
  ...(which === 'first' ? { firstmatch: true } : {}),
})

const stateOf = ({ absent }: Args): Readonly<Record<string, unknown>> => (absent === true ? { state: 'absent' } : {})

const renamed = (args: Args, names: Names): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (names[name] === undefined ? [] : [[names[name], value]])),
  )

/** How calls of a function become tasks of a module. */
export interface Translation {
  readonly module: string
  readonly names: Names
  /** Arguments that stand for something else than another name. */
  readonly more?: (args: Args) => Readonly<Record<string, unknown>>
  /** Ours that {@link more} knows. */
  readonly also?: readonly string[]
}

/** Of a setting they have only text. */
const valueOf = ({ value }: Args): Readonly<Record<string, unknown>> => {
  if (value === undefined) return {}
  return { value: typeof value === 'string' ? value : JSON.stringify(value) }
}

const edits = { create: 'create', validate: 'validate' }

/** Functions over files, by their names. */
export const fileTranslations: Readonly<Record<string, Translation>> = {
  'file.managed': {
    module: 'copy',
    names: { ...attributes, path: 'dest', content: 'content', validate: 'validate' },
  },
  'file.directory': { module: 'file', names: attributes, more: () => ({ state: 'directory' }) },
  'file.link': {
    module: 'file',
    names: { path: 'dest', target: 'src', replace: 'force' },
    more: () => ({ state: 'link' }),
  },
  'file.absent': { module: 'file', names: { path: 'path' }, more: () => ({ state: 'absent' }), also: ['recurse'] },
  'file.line': {
    module: 'lineinfile',
    names: { ...attributes, ...edits, line: 'line', backrefs: 'backrefs' },
    more: (args) => ({
      ...stateOf(args),
      ...positionOf(args),
      ...(args['regex'] === undefined ? {} : { regexp: pythonRegex(args['regex']) }),
      ...(args['backrefs'] === true ? { line: pythonTemplate(args['line']) } : {}),
      ...renamed(args, { insert_after: 'insertafter', insert_before: 'insertbefore' }),
    }),
    also: ['absent', 'regex', 'insert_at', 'insert_after', 'insert_before', 'which'],
  },
  'file.block': {
    module: 'blockinfile',
    names: { ...attributes, ...edits, block: 'block', insert_after: 'insertafter', insert_before: 'insertbefore' },
    more: (args) => ({ ...stateOf(args), ...positionOf(args), marker: '# {mark} kept by Prove' }),
    also: ['absent', 'insert_at'],
  },
  'file.copy': {
    module: 'copy',
    names: { ...attributes, path: 'dest', source: 'src', validate: 'validate', backup: 'backup' },
    more: () => ({ remote_src: true }),
  },
  'ini.value': {
    module: 'community.general.ini_file',
    names: { ...attributes, section: 'section', key: 'option' },
    more: (args) => ({ ...stateOf(args), ...valueOf(args) }),
    also: ['absent', 'value'],
  },
  'file.replace': {
    module: 'replace',
    names: attributes,
    more: ({ regex, replacement }) => ({ regexp: pythonRegex(regex), replace: pythonTemplate(replacement) }),
    also: ['regex', 'replacement'],
  },
}

/** The task that asks for the same; undefined where an argument has nothing that means it. */
export const translated = ({ module, names, more, also = [] }: Translation, args: Args): AnsibleTask | undefined => {
  const isKnown = Object.keys(args).every((name) => names[name] !== undefined || also.includes(name))
  return isKnown ? { [module]: { ...renamed(args, names), ...more?.(args) } } : undefined
}

/** What Debian's Ansible would be asked for the same; undefined where it has nothing that means it. */
export const ansibleTaskOf = ({ fn, args }: FileCase): AnsibleTask | undefined => {
  const found = fileTranslations[fn]
  return found === undefined ? undefined : translated(found, args)
}
