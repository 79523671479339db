import { argumentRows } from '@prove/catalog'
import { code, fence, plain, table, withCode } from './markdown.mjs'

/** The list of all functions; `families` is `[{ title, functions: [{ fn, plugin }] }]`. */
export const functionsPage = (families) =>
  [
    '# State functions',
    'What states are made of. Each page is made from the code, and every example is run by the tests. The fields that every state may have are on the page [State files](../states.md#fields).',
    ...families.flatMap(({ title, functions }) => [
      `## ${title}`,
      table(
        ['function', 'what it is for'],
        functions.map(({ fn }) => [`[\`${fn.name}\`](./${fn.name}.md)`, plain(fn.about)]),
      ),
    ]),
    '',
  ].join('\n\n')

/** One page: what it is for, its arguments, its examples. */
export const functionPage = (fn, plugin) =>
  [
    `# ${fn.name}`,
    plain(fn.about),
    ...(fn.details === undefined ? [] : [fn.details]),
    '## Arguments',
    argumentTable(argumentRows(fn)),
    alone(fn),
    '## Examples',
    ...(fn.examples ?? []).flatMap(exampleText),
    `<small>From the plugin \`${plugin}\`. This page is made from the code.</small>`,
    '',
  ].join('\n\n')

const argumentTable = (rows) =>
  rows.length === 0
    ? 'It has none.'
    : table(
        ['argument', 'takes', 'default', 'meaning'],
        rows.map((row) => [
          `${code(row.name)}${row.required ? ' (required)' : ''}`,
          plain(row.type),
          code(row.default ?? ''),
          withCode(row.description),
        ]),
      )

const fields = 'Beside them stand the [fields that every state may have](../states.md#fields).'

const alone = ({ name, main, args }) => {
  if (main === undefined) return fields
  const others = argumentRows({ name, about: '', args }).filter((row) => row.required && row.name !== main)
  return others.length > 0
    ? `The main argument is \`${main}\`. ${fields}`
    : `The main argument, \`${main}\`, may be given alone: \`${name}: …\`. ${fields}`
}

const exampleText = ({ title, states, files = {} }) => [
  `### ${plain(title)}`,
  fence('yaml', states),
  ...Object.entries(files).flatMap(([name, text]) => [`\`files/${name}\`:`, fence(languageOf(name), text)]),
]

const languageOf = (name) => (name.endsWith('.sh') ? 'sh' : name.endsWith('.njk') ? 'jinja' : '')
