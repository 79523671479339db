import { code, fence, plain, table } from './markdown.mjs'

/** The page of the command line, from the program itself: a command that is added there is on the page. */
export const commandLinePage = (root) => {
  const commands = below(root)
  return [
    '# Command line',
    `${plain(root.description())} This page is made from the code; \`prove COMMAND --help\` tells the same.`,
    table(
      ['command', 'what it is for'],
      commands.map((command) => [`[\`${nameOf(command)}\`](#${anchorOf(command)})`, plain(command.description())]),
    ),
    '## Exit status',
    'The first that applies: 1 usage or catalog error; 3 a target was unreachable; 2 a target failed, was unstable, timed out or was lost; 4 something changed (only with `--detailed-exitcode`); 0 otherwise.',
    '## Options of `prove` itself',
    optionTable(root.createHelp().visibleOptions(root)),
    ...commands.flatMap(commandText),
    '',
  ].join('\n\n')
}

const isHelp = (command) => command.name() === 'help'

/** Every command that does something: those that only hold others are told by these. */
const below = (command) =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => !isHelp(each))
    .flatMap((each) => {
      const inner = below(each)
      return inner.length > 0 ? inner : [each]
    })

const nameOf = (command) => {
  const parent = command.parent
  return parent === null || parent === undefined ? command.name() : `${nameOf(parent)} ${command.name()}`
}

const anchorOf = (command) => nameOf(command).replaceAll(/\W+/g, '-')

const commandText = (command) => {
  const help = command.createHelp()
  const words = help.visibleArguments(command)
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
  const after = textAfter(command)
  return [
    `## ${nameOf(command)} {#${anchorOf(command)}}`,
    plain(command.description()),
    fence('sh', help.commandUsage(command)),
    ...(words.length === 0
      ? []
      : [
          table(
            ['argument', 'meaning'],
            words.map((word) => [code(word.name()), plain(word.description)]),
          ),
        ]),
    ...(options.length === 0 ? [] : [optionTable(options)]),
    ...(after === '' ? [] : [fence('text', after)]),
  ]
}

const optionTable = (options) =>
  table(
    ['option', 'default', 'meaning'],
    options.map((option) => [code(option.flags), code(defaultOf(option)), plain(option.description)]),
  )

/** Options that stand for nothing when they are not given have no default to tell. */
const defaultOf = ({ defaultValue, defaultValueDescription, negate }) => {
  if (defaultValueDescription !== undefined) return defaultValueDescription
  if (negate || defaultValue === undefined || defaultValue === false || defaultValue === null) return ''
  if (typeof defaultValue === 'object' && Object.keys(defaultValue).length === 0) return ''
  return typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)
}

/** What is said below the options: examples, notes. */
const textAfter = (command) => {
  let said = ''
  command.configureOutput({ writeOut: (text) => (said += text), getOutHasColors: () => false })
  command.outputHelp()
  const help = command.helpInformation()
  return said.includes(help) ? said.slice(said.indexOf(help) + help.length).trim() : ''
}
