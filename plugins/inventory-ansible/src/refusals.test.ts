import { ProveError } from '@prove/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ansibleInventory } from './ansible-inventory.js'

const refusal = (file: string, text: string): ProveError => {
  try {
    ansibleInventory.read(file, text)
  } catch (error) {
    if (error instanceof ProveError) return error
    throw error
  }
  throw new Error(`not refused as it should be: ${text}`)
}

type Case = [string, string, string, string]

const expectRefusal = (file: string, [text, place, message, hint]: Case): void => {
  const error = refusal(file, text)
  expect([error.code, error.message, error.hint, `${error.place?.line}:${error.place?.column}`]).toEqual([
    'PRV_INVENTORY_SYNTAX',
    expect.stringContaining(message),
    expect.stringContaining(hint),
    place,
  ])
}

describe('INI', () => {
  test.each<Case>([
    ['a\n [web', '2:2', 'the section is never closed', 'write "]"'],
    ['[web:group]', '1:5', 'a section cannot end with ":group"', 'sections are'],
    ['[web:var]', '1:5', 'a section cannot end with ":var"', 'did you mean "vars"?'],
    ['[ web ]', '1:1', 'the section is not well-formed', 'without spaces'],
    ['[web] x', '1:1', 'the section is not well-formed', 'write [group]'],
    ['[]', '1:1', 'the section is not well-formed', 'write [group]'],
    [
      '[a:children]\nlong\n[c]',
      '2:1',
      '[a:children] names the group "long", which is not defined',
      'write a section [long]',
    ],
    ['[a:children]\nweb2\n[web]', '2:1', 'names the group "web2"', 'did you mean "web"?'],
    ['[a:vars]\nx=1', '1:2', '[a:vars] names the group "a", which is not defined', 'write a section [a]'],
    ['[a:children]\nb c', '2:1', 'expected the name of a group', 'one group on each line'],
    ['[a:children]\nx=1', '2:1', 'expected the name of a group', 'under [a:vars]'],
    ['[a]\n[a:vars]\nx: 1', '3:1', 'expected name=value in [a:vars]', 'write name=value'],
    ['[web]\nx=1', '2:1', 'a variable stands here without a host', 'put it under [web:vars]'],
    ['x=1', '1:1', 'a variable stands here without a host', 'put it under [all:vars]'],
    ['web1 x = 1', '1:6', 'expected name=value behind a host', 'without spaces around "="'],
    ['web1 ansible_password=two words', '1:27', 'expected name=value behind a host', 'put quotes'],
    ['web1 =1', '1:6', 'expected name=value', 'write name=value'],
    ['web1 a="b', '1:8', 'a quote is never closed', 'write the closing quote'],
    ["web1 a='b", '1:8', 'a quote is never closed', 'write the closing quote'],
    ['web1 a=b\\', '1:9', 'the line ends with a backslash', 'write it twice'],
    ['web1:', '1:1', 'a host cannot end with ":"', 'write a port'],
    ['web[1', '1:1', 'a range is never closed', 'write "]"'],
    ['web[5]', '1:1', 'the range "[5]" is not well-formed', 'write [1:20]'],
    ['web[1:]', '1:1', 'the range "[1:]" is not well-formed', 'write [1:20]'],
    ['web[a:3]', '1:1', 'the range "[a:3]" is not well-formed', 'write [1:20]'],
    ['web[ab:cd]', '1:1', 'the range "[ab:cd]" is not well-formed', 'write [1:20]'],
    ['web[1:2:3:4]', '1:1', 'the range "[1:2:3:4]" is not well-formed', 'write [1:20]'],
    ['web[1:5:0]', '1:1', 'the range "[1:5:0]" has a step of 0', 'write a step'],
    ['web[3:1]', '1:1', 'the range "[3:1]" begins after its end', 'turn it around'],
    ['web[01:100]', '1:1', 'has ends of different lengths', 'write [001:100]'],
    ['web[1:99999999]', '1:1', 'stands for more than 65536 hosts', 'write a shorter range'],
    ['a[1:999]b[1:999]', '1:1', 'ranges stand for more than 65536 hosts', 'write a shorter range'],
    ['web1,web2', '1:1', '"web1,web2" cannot name a target', 'names hold letters'],
    ['-web', '1:1', '"-web" cannot name a target', 'names hold letters'],
    ['__proto__', '1:1', '"__proto__" cannot name a target', 'names hold letters'],
    ['fe80::1', '1:1', '"fe80::1" cannot name a target', 'its address as ansible_host'],
    ['[2001:db8::1]:22', '1:1', '"[2001:db8::1]" cannot name a target', 'its address as ansible_host'],
    ['[a/b]', '1:2', '"a/b" cannot name a group', 'names hold letters'],
    ['[a:children]\nb\n[b:children]\na', '4:1', 'in a circle: a → b → a', 'remove one'],
    ['[a:children]\na', '2:1', 'in a circle: a → a', 'remove one'],
    ['[a:children]\nall', '2:1', 'in a circle: all → a → all', 'remove one'],
    ['web1 ansible_port=ssh', '1:19', 'ansible_port is not a port', 'from 1 to 65535'],
    ['web1 ansible_port=70000', '1:19', 'ansible_port is not a port', 'from 1 to 65535'],
    ['web1 ansible_port=True', '1:19', 'ansible_port is not a port', 'from 1 to 65535'],
    ['web1 ansible_user=[1]', '1:19', 'ansible_user is not a text', 'write a name'],
    ['web1 ansible_host={{ip}}', '1:19', 'ansible_host is a template', 'write its value'],
    ['web1 ansible_become=maybe', '1:21', 'ansible_become is neither true nor false', 'write true or false'],
    [
      'web1 ansible_become=1 ansible_become_method=runas',
      '1:45',
      'Prove cannot become another user by "runas"',
      'use sudo, doas, su',
    ],
    ['[a]\n[a:vars]\nansible_group_priority=high', '3:24', 'ansible_group_priority is not a whole', 'write a number'],
  ])('%j', (...row) => {
    expectRefusal('/hosts.ini', row)
  })
})

describe('YAML', () => {
  test.each<Case>([
    ['- web1', '1:1', 'an inventory is a map of groups', 'begin with "all:"'],
    ['plugin: aws_ec2', '1:1', 'configures an inventory plugin of Ansible', 'ansible-inventory'],
    ['all: [a]', '1:6', 'the group "all" is not a map', 'write hosts:'],
    ['all:\n  host: {a: }', '2:3', 'the group "all" cannot have "host"', 'did you mean "hosts"?'],
    ['all:\n  web: {a: }', '2:3', 'the group "all" cannot have "web"', 'groups stand below "children:"'],
    ['all:\n  hosts: [a]', '2:10', '"hosts" of the group "all" is not a map', 'write "NAME:" instead of "- NAME"'],
    ['all: {vars: x}', '1:13', '"vars" of the group "all" is not a map', 'write "name: value"'],
    ['all: {vars: [x]}', '1:13', '"vars" of the group "all" is not a map', 'write "name: value"'],
    ['all: {hosts: {a: 5}}', '1:18', 'the variables of a host are not a map', 'write "name: value"'],
    ['all: {hosts: {"a b": }}', '1:15', '"a b" cannot name a target', 'names hold letters'],
    ['all: {hosts: {"a[1": }}', '1:15', 'a range is never closed', 'write "]"'],
    ['a: {children: {b: {children: {a: }}}}', '1:31', 'in a circle: a → b → a', 'remove one'],
    ['all: {vars: {x: !vault abc}}', '1:24', 'cannot read the variable "x": Ansible Vault', 'group_vars'],
    ['all: {vars: {x: [1, {y: !vault abc}]}}', '1:32', 'cannot read the variable "x"', 'group_vars'],
    ['all:\n  hosts:\n a:', '3:2', 'the YAML is not well-formed', 'check indentation'],
    ['all: {vars: {a: 1, a: 2}}', '1:20', 'the YAML is not well-formed: duplicated mapping key', 'check'],
    ['all: !x 1', '1:6', 'the YAML is not well-formed', 'check'],
    ['a:\n---\nb:', '3:1', 'holds more than one document', 'a file of its own'],
    ['a: {vars: {x: *y}}', '1:15', 'the alias "*y" has no complete value before it', 'write &y'],
    ['a: &a {vars: {x: *a}}', '1:18', 'the alias "*a" has no complete value before it', 'write &a'],
  ])('%j', (...row) => {
    expectRefusal('/hosts.yml', row)
  })

  test('too many values by aliases', () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `  x${i}: &x${i} [${i === 0 ? '1, 2' : `*x${i - 1}, *x${i - 1}`}]`,
    )
    const error = refusal('/hosts.yml', `all:\n vars:\n${rows.join('\n')}`)
    expect(error.message).toBe('the aliases stand for too many values')
  })
})

describe('JSON', () => {
  test.each<Case>([
    ['{"web": ', '1:8', 'the JSON is not well-formed', 'check'],
    ['{"web": 5}', '1:9', 'the group "web" is not a map', 'ansible-inventory --list'],
    ['{"web": {"hosts": "a"}}', '1:19', '"hosts" of "web" is not a list', 'write a list of names'],
    ['{"web": {"hosts": [1]}}', '1:20', '"hosts" of "web" holds something that is not a name', 'list of names'],
    ['{"web": {"vars": []}}', '1:18', '"vars" of "web" is not a map', 'ansible-inventory --list'],
    ['{"a": {"children": ["b"]}, "b": {"children": ["a"]}}', '1:47', 'in a circle: a → b → a', 'remove one'],
    ['{"_meta": {"hostvars": {"a": 1}}}', '1:30', '"hostvars" of "a" is not a map', 'ansible-inventory'],
    ['{"_meta": []}', '1:11', '"_meta" is not a map', 'ansible-inventory'],
    [
      '{"a": ["h"], "_meta": {"hostvars": {"h": {"x": {"__ansible_vault": "z"}}}}}',
      '1:48',
      'variable "x"',
      'group_vars',
    ],
  ])('%j', (...row) => {
    expectRefusal('list', row)
  })
})

test('errors hold nothing of what is secret', () => {
  const texts: readonly [string, string][] = [
    ['/i.ini', 'web1 ansible_password=two hunter2'],
    ['/i.ini', 'web1 ansible_password="hunter2'],
    ['/i.ini', '[web]\nansible_password=hunter2'],
    ['/i.yml', 'all:\n  vars:\n    ansible_password: "hunter2\n'],
    ['/i.yml', 'all:\n  vars:\n    ansible_password: hunter2: x\n'],
    ['list', '{"all": {"vars": {"ansible_password": "hunter2" "x"}}}'],
  ]
  for (const [file, text] of texts) {
    const error = refusal(file, text)
    expect([error.message, error.hint, String(error.cause)].join(' ')).not.toContain('hunter2')
  }
})

const scraps = fc.array(
  fc.constantFrom(
    ...[
      'web1',
      'a',
      '[',
      ']',
      '[a]',
      '[a:vars]',
      '[b:children]',
      '[1:3]',
      ':',
      '=',
      'x=1',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '#',
    ],
    ...[
      '"',
      "'",
      '\\',
      ',',
      '{',
      '}',
      'all:',
      'hosts:',
      'children:',
      'vars:',
      ' - ',
      '&a',
      '*a',
      '<<:',
      '!vault',
      '---',
    ],
    ...[
      '"all"',
      '"hosts"',
      '"_meta"',
      'ansible_port',
      'ansible_become=1',
      '(',
      ')',
      'None',
      '9',
      '|',
      '>',
      '\u2028',
      '😀',
    ],
  ),
  { maxLength: 20 },
)

test('any text gives data, or an error with a place inside of it', () => {
  const texts = fc.oneof(
    scraps.map((words) => words.join('')),
    fc.string({ unit: 'binary' }),
    fc.string(),
  )
  const files = fc.constantFrom('/hosts.ini', '/hosts.yml', '/hosts.json', 'command')
  fc.assert(
    fc.property(files, texts, (file, text) => {
      try {
        const loaded = ansibleInventory.read(file, text)
        expect(loaded.data).toEqual({ targets: expect.anything(), groups: expect.anything() })
        expect(loaded.placeOf(['targets']).file).toBe(file)
      } catch (error) {
        if (!(error instanceof ProveError)) throw error
        expect(error.code).toBe('PRV_INVENTORY_SYNTAX')
        const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
        const { line = 0, column = 0 } = error.place ?? {}
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeGreaterThan(0)
        // The end of a line counts as inside, and a CRLF has two units.
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 2)
      }
    }),
    { numRuns: 3000 },
  )
})
