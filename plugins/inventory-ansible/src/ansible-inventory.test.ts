import { isMap, type Loaded, type Place, type ValuePath } from '@prove/core'
import { describe, expect, test } from 'vitest'
import { ansibleInventory } from './ansible-inventory.js'

const read = (file: string, text: string): Loaded => ansibleInventory.read(file, text)

const dataOf = (file: string, text: string): { targets: Record<string, unknown>; groups: Record<string, unknown> } =>
  read(file, text).data as { targets: Record<string, unknown>; groups: Record<string, unknown> }

/** Every target with its variables merged by the order of the groups, as the catalog does it. */
const merged = (file: string, text: string): unknown => {
  const { targets, groups } = dataOf(file, text)
  const variables = (value: unknown): object => (isMap(value) && isMap(value['variables']) ? value['variables'] : {})
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const own = isMap(target) && Array.isArray(target['groups']) ? (target['groups'] as string[]) : []
      const layers = Object.keys(groups).filter((group) => own.includes(group))
      return [name, Object.assign({}, ...layers.map((group) => variables(groups[group])), variables(target))]
    }),
  )
}

describe('INI', () => {
  test.each<[string, string, unknown]>([
    ['nothing', '', { targets: {}, groups: {} }],
    ['comments alone', '# a\n ; b\n\n', { targets: {}, groups: {} }],
    ['a host of no group', 'web1', { targets: { web1: {} }, groups: {} }],
    [
      'a group',
      '[web]\nweb1\nweb2 # last\n',
      { targets: { web1: { groups: ['web'] }, web2: { groups: ['web'] } }, groups: { web: {} } },
    ],
    ['an empty group', '[web]', { targets: {}, groups: { web: {} } }],
    [
      'line ends of Windows',
      '[web]\r\nweb1 a=1\r\n',
      { targets: { web1: { groups: ['web'], variables: { a: 1 } } }, groups: { web: {} } },
    ],
    ['a byte order mark', '\uFEFFweb1', { targets: { web1: {} }, groups: {} }],
    ['a port', 'web1:2222', { targets: { web1: { options: { port: 2222 } } }, groups: {} }],
    [
      'a port as variable before that',
      'web1:22 ansible_port=23',
      { targets: { web1: { options: { port: 23 } } }, groups: {} },
    ],
    [
      'a port as variable after that',
      'web1 ansible_port=23\nweb1:22',
      { targets: { web1: { options: { port: 23 } } }, groups: {} },
    ],
    [
      'how to reach a host',
      'web1 ansible_host=10.0.0.1 ansible_port=2222 ansible_user=deploy ansible_ssh_private_key_file=~/.ssh/k ansible_connection=ssh',
      {
        targets: {
          web1: {
            host: '10.0.0.1',
            executor: 'ssh',
            options: { port: 2222, user: 'deploy', identityFile: '~/.ssh/k' },
          },
        },
        groups: {},
      },
    ],
    [
      'older names',
      'web1 ansible_ssh_host=h ansible_ssh_port=9 ansible_ssh_user=u ansible_private_key_file=k ansible_host=no',
      { targets: { web1: { host: 'h', options: { port: 9, user: 'u', identityFile: 'k' } } }, groups: {} },
    ],
    [
      'this machine',
      'localhost ansible_connection=local ansible_user=x',
      { targets: { localhost: { executor: 'local' } }, groups: {} },
    ],
    [
      'another way',
      'c1 ansible_connection=community.docker.docker',
      { targets: { c1: { executor: 'community.docker.docker' } }, groups: {} },
    ],
    [
      'a connection by its long name',
      'c1 ansible_connection=ansible.builtin.paramiko',
      { targets: { c1: { executor: 'ssh' } }, groups: {} },
    ],
    ['elevation', 'web1 ansible_become=yes', { targets: { web1: { elevate: 'sudo' } }, groups: {} }],
    [
      'elevation by a method to a user',
      'web1 ansible_become=true ansible_become_method=community.general.doas ansible_become_user=app',
      { targets: { web1: { elevate: { method: 'doas', user: 'app' } } }, groups: {} },
    ],
    ['no elevation', 'web1 ansible_become=no ansible_become_method=runas', { targets: { web1: {} }, groups: {} }],
    [
      'no secrets',
      'web1 ansible_password=a ansible_ssh_pass=b ansible_become_pass=c ansible_become_password=d ansible_sudo_pass=e ansible_ssh_private_key_passphrase=f',
      { targets: { web1: {} }, groups: {} },
    ],
    [
      'connection variables of groups, the innermost first',
      '[web]\nweb1\nweb2 ansible_user=own\n[all:vars]\nansible_user=all\nansible_port=1\nansible_password=x\n[site:children]\nweb\n[site:vars]\nansible_user=site',
      {
        targets: {
          web1: { options: { port: 1, user: 'site' }, groups: ['site', 'web'] },
          web2: { options: { port: 1, user: 'own' }, groups: ['site', 'web'] },
        },
        groups: { site: {}, web: {} },
      },
    ],
    [
      'other variables of Ansible',
      'web1 ansible_python_interpreter=/usr/bin/python3',
      { targets: { web1: { variables: { ansible_python_interpreter: '/usr/bin/python3' } } }, groups: {} },
    ],
    [
      'all and ungrouped with variables',
      'web1\n[db]\ndb1\n[all:vars]\na=1\n[ungrouped:vars]\nb=2',
      {
        targets: { web1: { groups: ['all', 'ungrouped'] }, db1: { groups: ['all', 'db'] } },
        groups: { all: { variables: { a: 1 } }, db: {}, ungrouped: { variables: { b: 2 } } },
      },
    ],
    [
      'groups in the order of depth, priority and name',
      '[z:children]\na\n[a]\nh\n[c]\nh\n[b]\nh\n[b:vars]\nansible_group_priority=10\n[z]\n',
      { targets: { h: { groups: ['c', 'z', 'b', 'a'] } }, groups: { c: {}, z: {}, b: {}, a: {} } },
    ],
    [
      'a group that is declared after its parent',
      '[site:children]\nweb # later\n[site:vars]\nx=1\n[web:vars]\nx=2\n[web:hosts]\nweb1',
      {
        targets: { web1: { groups: ['site', 'web'] } },
        groups: { site: { variables: { x: 1 } }, web: { variables: { x: 2 } } },
      },
    ],
    [
      'a host in several places',
      'h a=1\n[g]\nh b=2\n[k]\nh a=3',
      { targets: { h: { groups: ['g', 'k'], variables: { a: 3, b: 2 } } }, groups: { g: {}, k: {} } },
    ],
  ])('%s', (_name, text, data) => {
    expect(dataOf('/etc/hosts.ini', text)).toEqual(data)
  })

  test.each<[string, string]>([
    ['web[1:3]', 'web1 web2 web3'],
    ['web[01:03].example.org', 'web01.example.org web02.example.org web03.example.org'],
    ['web[08:10]', 'web08 web09 web10'],
    ['web[:2]', 'web0 web1 web2'],
    ['db-[a:c]', 'db-a db-b db-c'],
    ['x[Y:Z]', 'xY xZ'],
    ['x[1:10:4]', 'x1 x5 x9'],
    ['x[a:f:2]', 'xa xc xe'],
    ['x[1:2]-[a:b]', 'x1-a x1-b x2-a x2-b'],
    ['[1:2].example.org', '1.example.org 2.example.org'],
    ['x[1:2]:2222', 'x1 x2'],
  ])('the range %s', (text, names) => {
    expect(Object.keys(dataOf('/etc/hosts', text).targets)).toEqual(names.split(' '))
  })

  // As ansible-inventory 2.14 answers.
  test.each<[string, unknown]>([
    ['a=1 b=-2.5 c=0x1F d=1_000', { a: 1, b: -2.5, c: 31, d: 1000 }],
    ['a=01 b=1.2.3 c=12:30 d=1j', { a: '01', b: '1.2.3', c: '12:30', d: '1j' }],
    ['a=True b=False c=None d=true e=yes', { a: true, b: false, c: null, d: 'true', e: 'yes' }],
    ['a="x y" b=\'x y\' c=x\\ y d="a\\"b"', { a: 'x y', b: 'x y', c: 'x y', d: 'a"b' }],
    [`a="'5'" b='"5"' c="5"`, { a: '5', b: '5', c: 5 }],
    [`a="[1, 'x', {'k': True}]" b=1,2 c=()`, { a: [1, 'x', { k: true }], b: [1, 2], c: [] }],
    ['a= b="" c=x=y', { a: '', b: '', c: 'x=y' }],
    ['a=x#y b=2', { a: 'x' }],
    ['a="x # y" # c', { a: 'x # y' }],
    ['a={{x}}', { a: '{{x}}' }],
    ['a=12345678901234567890', { a: '12345678901234567890' }],
  ])('the values %s', (text, variables) => {
    expect(merged('/hosts', `h ${text}`)).toEqual({ h: variables })
  })

  test.each<[string, unknown]>([
    ['a = 1 # one', { a: 1 }],
    ['a=x # y', { a: 'x # y' }],
    ['a="x"', { a: 'x' }],
    ["a='x", { a: "'x" }],
    ['a=[1, 2]', { a: [1, 2] }],
    ['a=', { a: '' }],
    ['a=b=c', { a: 'b=c' }],
    ['__proto__=1', JSON.parse('{"__proto__": 1}')],
  ])('the variable of a group %s', (text, variables) => {
    expect(dataOf('/hosts', `[all:vars]\n${text}`).groups).toEqual({ all: { variables } })
  })
})

const yaml = `---
all:
  vars: {os: linux, debug: no, mode: 0644}
  hosts:
    gate:
  children:
    web: &web
      hosts:
        web[1:2]:
          ansible_port: 2222
        web3:2223: {list: [a, {b: 1}]}
      vars:
        http: {port: 80}
        day: 2024-01-01
    db:
      hosts: db1
      vars:
        text: !unsafe "{{ x }}"
        ansible_become_pass: !vault |
          $ANSIBLE_VAULT;1.1;AES256
          6162
    site:
      children:
        web:
        db:
      vars: {<<: {a: 1}, os: bsd}
`

test('YAML', () => {
  expect(dataOf('/etc/hosts.yml', yaml)).toEqual({
    targets: {
      gate: { groups: ['all'] },
      web1: { options: { port: 2222 }, groups: ['all', 'site', 'web'] },
      web2: { options: { port: 2222 }, groups: ['all', 'site', 'web'] },
      web3: { options: { port: 2223 }, variables: { list: ['a', { b: 1 }] }, groups: ['all', 'site', 'web'] },
      db1: { groups: ['all', 'site', 'db'] },
    },
    groups: {
      all: { variables: { os: 'linux', debug: false, mode: 420 } },
      site: { variables: { a: 1, os: 'bsd' } },
      db: { variables: { text: '{{ x }}' } },
      web: { variables: { http: { port: 80 }, day: '2024-01-01' } },
    },
  })
})

// As ansible-inventory prints it.
const json = `{
    "_meta": {"hostvars": {
        "web1": {"a": 1, "ansible_host": "10.0.0.1", "text": {"__ansible_unsafe": "{{ x }}"}, "s": "\\ud83d\\ude00\\/"},
        "nobody": {"b": 2}
    }},
    "all": {"children": ["ungrouped", "site"]},
    "site": {"children": ["web"], "vars": {"big": 1e3, "ansible_user": "deploy"}},
    "ungrouped": {"hosts": ["gate"]},
    "web": {"hosts": ["web1", "web2"]},
    "old": ["web2"],
    "alone": {"x": true},
    "none": {}
}`

test.each([json, json.replaceAll('    ', '\t'), JSON.stringify(JSON.parse(json))])(
  'JSON of a dynamic inventory',
  (text) => {
    expect(dataOf('/opt/inventory.py --list', text)).toEqual({
      targets: {
        gate: {},
        web1: {
          host: '10.0.0.1',
          options: { user: 'deploy' },
          variables: { a: 1, text: '{{ x }}', s: '😀/' },
          groups: ['site', 'web'],
        },
        web2: { options: { user: 'deploy' }, groups: ['old', 'site', 'web'] },
        alone: { variables: { x: true }, groups: ['alone'] },
      },
      groups: { alone: {}, none: {}, old: {}, site: { variables: { big: 1000 } }, web: {} },
    })
  },
)

describe('chooses the notation of', () => {
  const [ini, yml] = ['web1 a=1', 'all: {hosts: {web1: {a: 1}}}']
  test.each<[string, string]>([
    ['/etc/hosts', ini],
    ['/etc/hosts.ini', ini],
    ['/etc/hosts.cfg', `[all]\n${ini}`],
    ['/etc/web.example', ini],
    ['/etc/hosts.yaml', yml],
    ['/etc/hosts.yml', `# c\n${yml}`],
    ['/etc/hosts', yml],
    ['/etc/hosts', `---\n${yml}`],
    ['/etc/hosts', `# c\nall:\n  hosts: {web1: {a: 1}}`],
    ['/etc/hosts.json', '{"all": {"hosts": {"web1": {"a": 1}}}}'],
    ['/etc/hosts.json', '{"web1": {"a": 1}}'],
    ['ansible-inventory --list -i hosts.yml', '{"web1": {"a": 1}}'],
    ['/bin/list hosts.ini', '\n {"web1": {"a": 1}}'],
    ['cat hosts.yml', ini],
    ['cat hosts.ini', yml],
  ])('%s: %j', (file, text) => {
    expect(merged(file, text)).toEqual({ web1: { a: 1 } })
  })
})

describe('places', () => {
  const short = ({ line, column }: Place): string => `${line}:${column}`
  const ini =
    '# head\nh:22 ansible_user=u  a="b c"\n[web]\nw1 x=1\nh\n[web:vars]\nansible_host = there\nport = 80\n[all:vars]\n y=2'
  const texts = { ini, yml: yaml, json }
  test.each<[keyof typeof texts, ValuePath, string, string]>([
    ['ini', ['targets', 'h'], '2:1', '2:1'],
    ['ini', ['targets', 'h', 'options', 'port'], '2:1', '2:1'],
    ['ini', ['targets', 'h', 'options', 'user'], '2:19', '2:6'],
    ['ini', ['targets', 'h', 'variables', 'a'], '2:24', '2:22'],
    ['ini', ['targets', 'h', 'variables', 'a', 'deeper'], '2:24', '2:22'],
    ['ini', ['targets', 'h', 'groups', 1], '5:1', '5:1'],
    ['ini', ['targets', 'w1', 'host'], '7:16', '7:1'],
    ['ini', ['targets', 'none'], '1:1', '1:1'],
    ['ini', ['groups', 'web'], '3:2', '3:2'],
    ['ini', ['groups', 'web', 'variables', 'port'], '8:8', '8:1'],
    ['ini', ['groups', 'all', 'variables', 'y'], '10:4', '10:2'],
    ['yml', ['groups', 'web', 'variables', 'http', 'port'], '13:22', '13:16'],
    ['yml', ['groups', 'site', 'variables', 'a'], '26:22', '26:19'],
    ['yml', ['targets', 'web2'], '9:9', '9:9'],
    ['yml', ['targets', 'web2', 'options', 'port'], '10:25', '10:11'],
    ['yml', ['targets', 'web3', 'options', 'port'], '11:9', '11:9'],
    ['yml', ['targets', 'web3', 'variables', 'list', 1, 'b'], '11:35', '11:32'],
    ['yml', ['targets', 'db1'], '16:14', '16:14'],
    ['json', ['targets', 'web1', 'host'], '3:42', '3:26'],
    ['json', ['groups', 'site', 'variables', 'big'], '7:51', '7:44'],
  ])('in %s: %j', (extension, path, value, key) => {
    const loaded = read(`/hosts.${extension}`, texts[extension])
    expect([short(loaded.placeOf(path)), short(loaded.placeOfKey(path))]).toEqual([value, key])
    expect(loaded.placeOf(path).file).toBe(`/hosts.${extension}`)
  })
})
