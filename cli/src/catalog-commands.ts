import type { Command } from 'commander'
import { targetOption, varOption } from './options.js'
import type { Call } from './program.js'

interface Flags {
  readonly target: readonly string[]
  readonly var?: Readonly<Record<string, unknown>>
  readonly output: string
}

type Add = (root: Command, call: (made: Call) => void) => void

/** Commands that look at the catalog and reach no target. */
export const addCatalogCommands: Add = (root, call) => {
  for (const add of [addCheck, addInspect, addGraph, addWhy, addInit, addSchema]) add(root, call)
}

const addCheck: Add = (root, call) => {
  root
    .command('check [files...]')
    .description('Compile every target without reaching it, and tell everything that is wrong.')
    .option(...targetOption)
    .option(...varOption)
    .option('--facts <file>', 'facts of the targets: what "prove facts -o json" printed, or a map of targets to facts')
    .option('-o, --output <kind>', 'console or json', 'console')
    .exitOverride()
    .addHelpText('after', "\nExample:\n  prove check && prove plan -t 'group:web'")
    .action((files: readonly string[], flags: Flags & { readonly facts?: string }) =>
      call({
        kind: 'check',
        files,
        targets: flags.target,
        variables: flags.var ?? {},
        facts: flags.facts,
        output: flags.output,
      }),
    )
}

const addInspect: Add = (root, call) => {
  root
    .command('inspect <what> [target]')
    .description('Tell what the catalog holds: targets, groups, roles, components, vars HOST or states HOST.')
    .option('--explain', 'with vars: every contributor of every variable, with its file and line')
    .option('--component <name>', 'with vars: as the files of this component see them')
    .option(...varOption)
    .option('-o, --output <kind>', 'console, json or yaml', 'console')
    .exitOverride()
    .addHelpText('after', '\nExamples:\n  prove inspect targets\n  prove inspect vars web1 --explain')
    .action(
      (
        what: string,
        target: string | undefined,
        flags: Flags & { readonly explain?: boolean; readonly component?: string },
      ) =>
        call({
          kind: 'inspect',
          what,
          target,
          explain: flags.explain === true,
          component: flags.component,
          variables: flags.var ?? {},
          output: flags.output,
        }),
    )
}

const addGraph: Add = (root, call) => {
  root
    .command('graph [files...]')
    .description('Show the states of one target in the order they run, and what leads from one to another.')
    .option(...targetOption)
    .option(...varOption)
    .option('--format <format>', 'text, dot (for Graphviz) or mermaid (for Markdown)', 'text')
    .option('--run', 'with what came of each state in the last "prove apply" of the target')
    .option('-o, --output <kind>', 'console or json', 'console')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExamples:\n  prove graph -t web1\n  prove graph -t web1 --run --format dot | dot -Tsvg >web1.svg',
    )
    .action((files: readonly string[], flags: Flags & { readonly format: string; readonly run?: boolean }) =>
      call({
        kind: 'graph',
        files,
        targets: flags.target,
        variables: flags.var ?? {},
        format: flags.format,
        run: flags.run === true,
        output: flags.output,
      }),
    )
}

const addWhy: Add = (root, call) => {
  root
    .command('why <state> [files...]')
    .description('Tell why a state runs where it does, and what came of it in the last "prove apply" of the target.')
    .option(...targetOption)
    .option(...varOption)
    .option('-o, --output <kind>', 'console or json', 'console')
    .exitOverride()
    .addHelpText('after', '\nExamples:\n  prove why reload -t web1\n  prove why nginx/site:reload -t web1 -o json')
    .action((state: string, files: readonly string[], flags: Flags) =>
      call({
        kind: 'why',
        state,
        files,
        targets: flags.target,
        variables: flags.var ?? {},
        output: flags.output,
      }),
    )
}

const addInit: Add = (root, call) => {
  root
    .command('init [folder]')
    .description('Begin a catalog: a small one that works, with schemas for your editor. Nothing is overwritten.')
    .exitOverride()
    .addHelpText('after', '\nExample:\n  prove init site && cd site && prove plan')
    .action((folder: string | undefined) => call({ kind: 'init', folder: folder ?? '.' }))
}

const addSchema: Add = (root, call) => {
  root
    .command('schema [what]')
    .description('Print the JSON Schema of states, config, role, variables or component, for the installed plugins.')
    .option('--write', 'write all of them to .prove/schemas, for editors')
    .exitOverride()
    .addHelpText('after', '\nExample:\n  prove schema --write')
    .action((what: string | undefined, { write }: { readonly write?: boolean }) =>
      call({ kind: 'schema', what, write: write === true }),
    )
}
