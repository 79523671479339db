import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaName } from '@prove/catalog'

/** A file that is right, or wrong, and which schema is to say so. */
export interface Example {
  readonly schema: SchemaName
  readonly what: string
  readonly text: string
}

const root = join(import.meta.dirname, '../..')

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const ofDocs: readonly Example[] = [...read('docs/states.md').matchAll(/```yaml\n([^]*?)```/g)].map(
  ([, text = ''], i) => ({ schema: 'states', what: `docs/states.md, example ${i + 1}`, text }),
)

const states = (what: string, text: string): Example => ({ schema: 'states', what, text })

const forms: readonly Example[] = [
  states('a list of parts', 'a:\n  - fn: file.directory\n    path: /srv\n  - file.absent: /tmp/x\n'),
  states('an empty list of parts', 'a: []\n'),
  states('one map with "fn"', 'a:\n  fn: file.absent\n  path: /tmp/x\n  recurse: true\n'),
  states('functions as keys', 'a:\n  file.directory: { path: /srv }\n  file.absent: { path: /x }\n  timeout: 5\n'),
  states('the main argument alone', 'a:\n  file.directory: /srv\n'),
  states('a main argument that is a list', 'a:\n  cmd.run: [ls, -l]\n'),
  states('parts beside fields', 'a:\n  requires: b\n  parts:\n    - file.absent: /x\nb:\n  cmd.run: "true"\n'),
  states('a part of several functions', 'a:\n  - file.absent: /x\n    file.directory: /y\n    run_as: bob\n'),
  states('fields among arguments', 'a:\n  cmd.run: { command: x, creates: /y, env: { A: 1, B: true, C: c } }\n'),
  states('guards of words', 'a:\n  cmd.run: x\n  unless: [[test, -e, /x], "false"]\n  onlyif: "true"\n'),
  states('an unquoted octal mode', 'a:\n  file.directory: { path: /srv, mode: 0755 }\n'),
  states('a mode in quotes', 'a:\n  file.directory: { path: /srv, mode: "0755" }\n'),
  states('accounts by name and number', 'a:\n  file.directory: { path: /srv, owner: bob, group: 0 }\n'),
  states('a content', 'a:\n  file.managed: { path: /x, content: "hello\\n" }\n'),
  states('a source', 'a:\n  file.managed: { path: /x, source: prove://web/motd }\n'),
  states(
    'conditions',
    'a:\n  cmd.run: { command: x, changed_when: { exit: [0, 2], stdout: "^new" }, failed_when: false }\n',
  ),
  states('an include of one file', 'include: web/nginx\n'),
  states('an include of a component', 'include: { component: vhost, as: blog, with: { port: 80, names: [a] } }\n'),
  states(
    'includes',
    'include:\n  - web\n  - { component: vhost, file: main }\n  - file: other\na:\n  file.absent: /x\n',
  ),
  states('every letter of ids', 'A-b.c+d@e_f0:\n  file.absent: /x\n'),
  states('no state', '{}\n'),
]

const lates: readonly Example[] = [
  states('a late argument', 'a:\n  file.directory: { path: /srv, create_parents: !late "with.deep" }\n'),
  states('a late argument as a map', 'a:\n  file.directory: { path: /srv, mode: { $late: "with.mode" } }\n'),
  states('a late argument beside "fn"', 'a:\n  - fn: file.managed\n    path: /x\n    content: !late with.text\n'),
  states('a late main argument', 'a:\n  file.absent: !late "with.path"\n'),
  states('a late main argument as a map', 'a:\n  cmd.run: { $late: "with.command" }\n'),
  states('late items', 'a:\n  cmd.run: [echo, !late "with.a", { $late: "with.b" }]\n'),
  states(
    'late values deep inside',
    'a:\n  cmd.run: { command: x, changed_when: { exit: [0, !late "with.status"], stdout: !late "with.text" } }\n',
  ),
  states('a tree', 'a:\n  file.absent: { path: { $late: { kind: value, value: /x } } }\n'),
  states(
    'an expression of several lines',
    'a:\n  file.managed:\n    path: /x\n    content: !late |\n      with.a\n        ~ with.b\n',
  ),
  states(
    'conditions of every form',
    'a:\n  - { file.absent: /x, when: true }\n  - { file.absent: /y, when: "with.a" }\n',
  ),
  states('a late condition', 'a:\n  file.absent: /x\n  when: !late "file(\'/y\').exists"\n'),
  states('a late condition as a map', 'a:\n  file.absent: /x\n  when: { $late: "with.a" }\n'),
  states('variables', 'a:\n  file.absent: /x\n  with: { a: 1, b: { c: [!late "facts.os"] }, d: !late "1 + 1" }\n'),
  states(
    'a notification with variables',
    'a:\n  file.absent: /x\n  notify: { state: b, with: { c: !late "1" } }\nb: []\n',
  ),
  states(
    'notifications',
    'a:\n  file.absent: /x\n  notify: [b, { state: c, with: { d: 1 } }, { state: b }]\n  notify_failure: b\nb: []\nc: []\n',
  ),
  states('tries', 'a:\n  - { cmd.run: x, retry: 3 }\n  - { cmd.run: y, retry: { attempts: 5, delay: 0.5 } }\n'),
  states('a state that comes last', 'a:\n  cmd.run: x\n  defer: true\n'),
  states(
    'late fields',
    'a:\n  cmd.run: x\n  lazy: !late "1 == 1"\n  timeout: { $late: "2 + 3" }\n  env: { A: !late "1" }\n',
  ),
]

const metas: readonly Example[] = [
  states(
    'a group',
    'a:\n  meta.group:\n    members:\n      b: { file.absent: /x }\n      c: [{ fn: cmd.run, command: x }]\n',
  ),
  states('a group of others', 'a:\n  meta.group: { members: [b, c] }\nb: []\nc: []\n'),
  states(
    'a group with all branches',
    'a:\n  meta.group: { members: b, rescue: { c: { file.absent: /x } }, always: [b, { d: [] }] }\n  requires: b\nb: []\n',
  ),
  states('a group beside "fn"', 'a:\n  fn: meta.group\n  members: { b: { file.absent: /x } }\n  timeout: 5\n'),
  states('a group as the only part', 'a:\n  - meta.group: { members: b, lazy: true }\nb: []\n'),
  states('a group under "parts"', 'a:\n  parts: [{ meta.group: { members: b } }]\n  when: "1 == 1"\nb: []\n'),
  states(
    'a group in a group',
    'a:\n  meta.group: { members: { b: { meta.sequence: [c, { d: { file.absent: /x } }] } } }\nc: []\n',
  ),
  states('a sequence', 'a:\n  meta.sequence: [b, c, b]\nb: []\nc: []\n'),
  states('a sequence of states by name', 'a:\n  meta.sequence: { states: { b: { file.absent: /x } } }\n'),
  states(
    'a state for each of a map',
    'a:\n  meta.each:\n    over: { x: 1 }\n    state:\n      file.absent: !late "`/${key}`"\n',
  ),
  states(
    'a state for each of a list',
    'a:\n  meta.each:\n    over: [{ name: x }]\n    key: name\n    state: [{ file.absent: !late "`/${item.name}`" }]\n',
  ),
  states(
    'late arguments of a meta-state',
    'a:\n  meta.each: { over: !late "[1, 2]", state: { file.absent: !late "`/${key}`" } }\n',
  ),
]

const others: readonly Example[] = [
  { schema: 'config', what: 'no key', text: '{}\n' },
  {
    schema: 'config',
    what: 'every key',
    text: `plugins: ['@prove/state-file']
loaders: { .yml: yaml }
targets:
  web1: { host: 10.0.0.1, executor: ssh, options: { port: 22 }, elevate: sudo, groups: [web], roles: [nginx] }
  db1: { elevate: { method: doas }, variables: { a: [1, { b: ~ }] }, states: [db, { component: pg, as: main }] }
inventories: [hosts.yml, { file: hosts.ini, format: ansible }, { command: [./hosts, --list] }]
groups: { web: { targets: [web1] }, db: { targets: 'db*', variables: { x: 1 }, states: [], roles: [db] } }
roles: { nginx: { variables: { port: 80 }, states: [nginx] } }
components: [prove-vhost]
variables: { domain: example.org }
states: [base]
`,
  },
  { schema: 'config', what: 'targets as a list', text: 'targets: [{ name: web1 }, { name: db1, roles: [db] }]\n' },
  {
    schema: 'role',
    what: 'both keys',
    text: 'variables: { port: 80 }\nstates: [nginx, { file: tls, with: { a: 1 } }]\n',
  },
  { schema: 'role', what: 'no key', text: '{}\n' },
  { schema: 'variables', what: 'whatever', text: 'a: 1\nb: { target: ~ }\nc: [x]\n' },
  { schema: 'component', what: 'every key', text: 'name: vhost\nabout: A web site.\nentry: site\n' },
]

/** Files that nobody may find fault with. */
export const correct: readonly Example[] = [
  ...ofDocs,
  states('examples/hello', read('examples/hello/site.yml')),
  ...forms,
  ...lates,
  ...metas,
  ...others,
]
