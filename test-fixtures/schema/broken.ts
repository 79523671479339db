import type { Example } from './correct.js'

/** A file with a mistake, and where it is. */
export interface BrokenExample extends Example {
  /** The paths that are told; a key that is wrong itself counts as one. */
  readonly at: readonly string[]
  /** The line with the mistake, counted from 1; where it is not the last. */
  readonly line?: number
}

const states = (what: string, text: string, at: readonly string[], line?: number): BrokenExample => ({
  schema: 'states',
  what,
  text,
  at,
  ...(line === undefined ? {} : { line }),
})

const functions: readonly BrokenExample[] = [
  states('an unknown function as a key', 'a:\n  file.manged: /x\n', ['/a/file.manged']),
  states('an unknown function under "fn"', 'a:\n  - path: /x\n    fn: file.manged\n', ['/a/0/fn']),
  states('"fn" of the wrong type', 'a:\n  fn: 5\n', ['/a/fn']),
  states('"fn" without a value', 'a:\n  fn:\n', ['/a/fn']),
  states('no function', 'a:\n  requires: b\n', ['/a'], 1),
  states('an empty part', 'a:\n  - {}\n', ['/a/0']),
  states('a function beside "fn"', 'a:\n  fn: cmd.run\n  command: x\n  file.absent: /x\n', ['/a/file.absent']),
]

const args: readonly BrokenExample[] = [
  states('an unknown argument', 'a:\n  file.managed:\n    path: /x\n    contnt: y\n', ['/a/file.managed/contnt']),
  states('an unknown argument beside "fn"', 'a:\n  - fn: file.managed\n    path: /x\n    contnt: y\n', ['/a/0/contnt']),
  states('a missing argument', 'a:\n  file.managed: { content: x }\n', ['/a/file.managed']),
  states('a missing argument beside "fn"', 'a:\n  - fn: file.managed\n', ['/a/0']),
  states('no arguments where one is needed', 'a:\n  file.managed:\n', ['/a/file.managed']),
  states('the main argument alone where it is not enough', 'a:\n  file.link: /x\n', ['/a/file.link']),
  states('a main argument of the wrong type', 'a:\n  file.managed: 5\n', ['/a/file.managed']),
  states('a text for a boolean', 'a:\n  file.managed:\n    path: /x\n    backup: "yes"\n', ['/a/file.managed/backup']),
  states('a number for a content', 'a:\n  file.managed:\n    path: /x\n    content: 5\n', ['/a/file.managed/content']),
  states('a path for a source', 'a:\n  file.managed:\n    path: /x\n    source: /y\n', ['/a/file.managed/source']),
  states('a list for a mode', 'a:\n  file.directory:\n    path: /x\n    mode: [6]\n', ['/a/file.directory/mode']),
  states('a fraction for a mode', 'a:\n  file.directory: { path: /x, mode: 6.5 }\n', ['/a/file.directory/mode']),
  states('a negative account', 'a:\n  file.directory: { path: /x, owner: -1 }\n', ['/a/file.directory/owner']),
  states('an empty command', 'a:\n  cmd.run: []\n', ['/a/cmd.run']),
  states('an unknown condition', 'a:\n  cmd.run: { command: x, changed_when: { exxit: 1 } }\n', [
    '/a/cmd.run/changed_when/exxit',
  ]),
  states('an impossible exit status', 'a:\n  cmd.run: { command: x, changed_when: { exit: 300 } }\n', [
    '/a/cmd.run/changed_when/exit',
  ]),
]

const fields: readonly BrokenExample[] = [
  states('an unknown field', 'a:\n  file.absent: /x\n  reqires: b\n', ['/a/reqires']),
  states('an unknown field beside "parts"', 'a:\n  parts: []\n  reqires: b\n', ['/a/reqires']),
  states('"parts" in a part', 'a:\n  - file.absent: /x\n    parts: []\n', ['/a/0/parts']),
  states('a wrong field', 'a:\n  file.absent: /x\n  requires: { b: 1 }\n', ['/a/requires']),
  states('a wrong field in a list', 'a:\n  file.absent: /x\n  requires: [b, 5]\n', ['/a/requires/1']),
  states('a wrong field among arguments', 'a:\n  cmd.run: { command: x, timeout: soon }\n', ['/a/cmd.run/timeout']),
  states('a timeout of nothing', 'a:\n  cmd.run: x\n  timeout: 0\n', ['/a/timeout']),
  states('a relative path that is created', 'a:\n  cmd.run: x\n  creates: y\n', ['/a/creates']),
  states('an impossible name in "env"', 'a:\n  cmd.run: x\n  env: { a-b: 1 }\n', ['/a/env/a-b']),
  states('a list in "env"', 'a:\n  cmd.run: x\n  env: { A: [] }\n', ['/a/env/A']),
]

const shapes: readonly BrokenExample[] = [
  states('a list for a file', '- file.absent: /x\n', ['']),
  states('a text for a state', 'a: file.absent\n', ['/a']),
  states('a state without a value', 'a:\n', ['/a']),
  states('a text for a part', 'a:\n  - file.absent\n', ['/a/0']),
  states('a map for "parts"', 'a:\n  parts: { file.absent: /x }\n', ['/a/parts']),
  states('an id with a blank', 'a b:\n  file.absent: /x\n', ['/a b'], 1),
  states('a number for an include', 'include: 5\n', ['/include']),
  states('an include of nothing', 'include: { as: blog }\n', ['/include']),
  states('an unknown key of an include', 'include:\n  - file: x\n    wth: {}\n', ['/include/0/wth']),
  states('an impossible name of an instance', 'include: [{ file: x, as: a/b }]\n', ['/include/0/as']),
]

const lates: readonly BrokenExample[] = [
  states('a key beside "$late"', 'a:\n  file.absent: { path: { $late: x, y: 1 } }\n', ['/a/file.absent/path/y']),
  states('a number for an expression', 'a:\n  file.absent: { path: { $late: 5 } }\n', ['/a/file.absent/path/$late']),
  states('a late value where a map is needed', 'a:\n  file.link: { $late: with.x }\n', [
    '/a/file.link',
    '/a/file.link/$late',
  ]),
  states('an unknown argument beside a late one', 'a:\n  file.absent: { path: !late with.a, recurs: true }\n', [
    '/a/file.absent/recurs',
  ]),
  states('an empty condition', 'a:\n  file.absent: /x\n  when: ""\n', ['/a/when']),
  states('a list for a condition', 'a:\n  file.absent: /x\n  when: [a]\n', ['/a/when']),
  states('a map for a condition', 'a:\n  file.absent: /x\n  when: { late: x }\n', ['/a/when']),
  states('a list for variables', 'a:\n  file.absent: /x\n  with: [a]\n', ['/a/with']),
  states('an impossible name of a variable', 'a:\n  file.absent: /x\n  with: { a-b: 1 }\n', ['/a/with/a-b']),
  states('no tries', 'a:\n  cmd.run: x\n  retry: 0\n', ['/a/retry']),
  states('a text for tries', 'a:\n  cmd.run: x\n  retry: often\n', ['/a/retry']),
  states('tries without their number', 'a:\n  cmd.run: x\n  retry: { delay: 1 }\n', ['/a/retry']),
  states('an unknown key of tries', 'a:\n  cmd.run: x\n  retry: { attempts: 2, dely: 1 }\n', ['/a/retry/dely']),
  states('a delay before the start of time', 'a:\n  cmd.run: x\n  retry: { attempts: 2, delay: -1 }\n', [
    '/a/retry/delay',
  ]),
  states('a text for "defer"', 'a:\n  cmd.run: x\n  defer: "yes"\n', ['/a/defer']),
  states('a notification of nothing', 'a:\n  cmd.run: x\n  notify: [{ with: { b: 1 } }]\n', ['/a/notify/0']),
  states('an unknown key of a notification', 'a:\n  cmd.run: x\n  notify: { state: a, wth: {} }\n', ['/a/notify/wth']),
]

const metas: readonly BrokenExample[] = [
  states('a group of nothing', 'a:\n  meta.group: { always: b }\nb: []\n', ['/a/meta.group'], 2),
  states('an unknown argument of a group', 'a:\n  meta.group: { members: a, resque: b }\n', ['/a/meta.group/resque']),
  states('a number for members', 'a:\n  meta.group: { members: 5 }\n', ['/a/meta.group/members']),
  states('a number for a member', 'a:\n  meta.group: { members: [5] }\n', ['/a/meta.group/members/0']),
  states('an impossible id of a member', 'a:\n  meta.group: { members: { b c: [] } }\n', ['/a/meta.group/members/b c']),
  states('a member without a function', 'a:\n  meta.group: { members: { b: { lazy: true } } }\n', [
    '/a/meta.group/members/b',
  ]),
  states('a text for a member', 'a:\n  meta.group: { members: { b: file.absent } }\n', ['/a/meta.group/members/b']),
  states(
    'an unknown argument in a member',
    'a:\n  meta.group:\n    members:\n      b: { file.absent: { pth: /x, path: /x } }\n',
    ['/a/meta.group/members/b/file.absent/pth'],
  ),
  states('a wrong state in a rescue', 'a:\n  meta.group: { members: {}, rescue: [{ b: 5 }] }\n', [
    '/a/meta.group/rescue/0/b',
  ]),
  states('a guard of a group', 'a:\n  meta.group: { members: {} }\n  creates: /x\n', ['/a/creates']),
  states('a guard among the arguments of a group', 'a:\n  meta.group: { members: {}, unless: x }\n', [
    '/a/meta.group/unless',
  ]),
  states('a guard beside "fn"', 'a:\n  fn: meta.group\n  members: {}\n  onlyif: x\n', ['/a/onlyif']),
  states('a guard beside "parts"', 'a:\n  parts: [{ meta.group: { members: {} } }]\n  unless: x\n', ['/a/unless']),
  states('a group beside a function', 'a:\n  meta.group: { members: {} }\n  file.absent: /x\n', ['/a/file.absent']),
  states('a group beside other parts', 'a:\n  - cmd.run: x\n  - meta.group: { members: {} }\n', ['/a/1/meta.group']),
  states('a map as a sequence', 'a:\n  meta.sequence: { b: [] }\n', ['/a/meta.sequence', '/a/meta.sequence/b']),
  states('no state for each', 'a:\n  meta.each: { over: [1] }\n', ['/a/meta.each']),
  states('a text for a state for each', 'a:\n  meta.each: { over: [1], state: file.absent }\n', ['/a/meta.each/state']),
]

const others: readonly BrokenExample[] = [
  { schema: 'config', what: 'an unknown key', text: 'target: {}\n', at: ['/target'] },
  { schema: 'config', what: 'an unknown key of a target', text: 'targets:\n  a: { hst: x }\n', at: ['/targets/a/hst'] },
  { schema: 'config', what: 'a target without a name', text: 'targets:\n  - host: x\n', at: ['/targets/0'] },
  { schema: 'config', what: 'a text for roles', text: 'targets: { a: { roles: x } }\n', at: ['/targets/a/roles'] },
  { schema: 'config', what: 'an extension without a dot', text: 'loaders: { yml: yaml }\n', at: ['/loaders/yml'] },
  { schema: 'config', what: 'an inventory of nothing', text: 'inventories: [{ format: x }]\n', at: ['/inventories/0'] },
  {
    schema: 'config',
    what: 'an inventory of two things',
    text: 'inventories: [{ file: x, command: [y] }]\n',
    at: ['/inventories/0/command'],
  },
  {
    schema: 'config',
    what: 'a variable that is reserved',
    text: 'variables: { facts: 1 }\n',
    at: ['/variables/facts'],
  },
  { schema: 'role', what: 'an unknown key', text: 'vars: {}\n', at: ['/vars'] },
  { schema: 'role', what: 'a map for states', text: 'states: { a: 1 }\n', at: ['/states'] },
  { schema: 'role', what: 'a variable that is reserved', text: 'variables: { with: 1 }\n', at: ['/variables/with'] },
  { schema: 'variables', what: 'a list', text: '- a\n', at: [''] },
  { schema: 'variables', what: 'a name that is reserved', text: 'target: 1\n', at: ['/target'] },
  { schema: 'component', what: 'an unknown key', text: 'title: x\n', at: ['/title'] },
  { schema: 'component', what: 'an impossible name', text: 'name: a/b\n', at: ['/name'] },
]

/** Files with one mistake each. */
export const broken: readonly BrokenExample[] = [
  ...functions,
  ...args,
  ...fields,
  ...lates,
  ...metas,
  ...shapes,
  ...others,
]
