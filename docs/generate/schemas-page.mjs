import { table } from './markdown.mjs'

const describes = {
  states: 'State files',
  config: '`prove.config.json` and `prove.config.yml`',
  role: 'Files in `roles/`',
  variables: 'Files of variables',
  component: '`component.yml` of a component',
}

/** The page that leads to the JSON Schemas. */
export const schemasPage = (names) =>
  [
    '# Schemas',
    'JSON Schemas (draft 7) of the files of a catalog, for editors and for programs that write such files. These are for the shipped plugins; `prove schema --write` makes them for the plugins that your configuration lists, as [Editors](../catalog.md#editors) tells.',
    table(
      ['schema', 'describes'],
      names.map((name) => [
        `<a :href="withBase('/schemas/${name}.json')" target="_self">${name}.json</a>`,
        describes[name] ?? '',
      ]),
    ),
    'What `--output json` prints has a schema as well: `eventSchema()` of `@prove/core` gives it.',
    "<script setup>\nimport { withBase } from 'vitepress'\n</script>",
    '',
  ].join('\n\n')
