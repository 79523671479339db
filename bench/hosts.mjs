import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLab } from '../test-fixtures/hosts/load-lab.mjs'
import { timed } from './measure.mjs'
import { bin } from './prove.mjs'

const folder = '/srv/bench'
/** 100 in all, of the kinds that a host is made of. */
const mixed = {
  packages: ['cron', 'nginx-light', 'redis-server', 'redis-tools', 'libnginx-mod-http-echo'],
  services: ['cron', 'nginx', 'redis-server'],
  groups: 2,
  users: 4,
  directories: 20,
  files: 40,
  links: 10,
  lines: 10,
  jobs: 3,
  commands: 3,
}
/** Files that lines are kept in: some hold several. */
const lineFiles = 5
const manyFiles = 500

/** Where the agent of each host listens, by the ways that lead to it. */
const agentAddresses = { tcp: 'tcp://HOST:4505', http: 'http://HOST:4506/', zmq: 'zmq://HOST:4507' }

/** The transports by which agents are reached: with "ssh" and "openssh" these are the ways to a host. */
export const agentWays = Object.keys(agentAddresses)

const numbers = (count) => Array.from({ length: count }, (_, i) => i)

/** Real hosts of the lab, and what is to be brought to them: for Prove, for Ansible, and for a shell alone. */
export class Hosts {
  #place = mkdtempSync(join(tmpdir(), 'prove-bench-'))
  #lab
  /** What the catalog calls the ways to each of them. */
  #targets = []

  /** @param {number} count */
  static async boot(count) {
    const { Lab, whyNoLab } = await loadLab()
    const reason = whyNoLab()
    if (reason !== undefined) throw new Error(reason)
    if (!existsSync('/usr/bin/time')) throw new Error('CPU and memory are told by /usr/bin/time: apt-get install time')
    const hosts = new Hosts()
    hosts.#lab = await Lab.open()
    await hosts.#lab.boot(count)
    hosts.#write()
    return hosts
  }

  get names() {
    return this.#lab.hosts.map(({ name }) => name)
  }

  /** @param {number} milliseconds */
  async roundTrip(milliseconds) {
    await this.#lab.link({ roundTrip: milliseconds })
  }

  /** As if nothing had ever been brought to any of them. */
  async empty() {
    await Promise.all(
      this.#lab.hosts.map(async (host) => {
        await host.reset()
        await host.run(`mkdir ${folder}`)
      }),
    )
  }

  /** As if no files had ever been brought to any of them. */
  async withoutFiles() {
    await Promise.all(this.#lab.hosts.map((host) => host.run(`rm -rf ${folder}; mkdir ${folder}`)))
  }

  async close() {
    await this.#lab.close()
    rmSync(this.#place, { recursive: true, force: true })
  }

  /**
   * @param {'plan' | 'apply'} operation
   * @param {'mixed' | 'files'} what
   * @param {{ outcome: 'ok' | 'changed' | 'wouldChange', way?: string }} expected
   */
  prove(operation, what, { outcome, way = 'ssh' }) {
    const { sample, summary } = this.#told([operation, `${what}.yml`, '-t', `*-${way}`])
    // What a guard keeps from running is as declared, and so is a service that its package has started.
    const right = (target) =>
      target[outcome] + (outcome === 'ok' ? target.skipped : outcome === 'changed' ? target.ok : 0) ===
        this.#counts[what] && target[outcome] > 0
    const wrong = Object.entries(summary.targets).filter(([, target]) => !right(target))
    if (wrong.length > 0) throw new Error(`prove ${operation}: ${JSON.stringify(wrong[0])}`)
    return sample
  }

  /** Brings it to them, whatever has to change for that. */
  bring(what) {
    this.#told(['apply', `${what}.yml`, '-t', '*-ssh'])
  }

  /** One ping to all. */
  ping(way) {
    const { sample, summary } = this.#told(['ping', '-t', `*-${way}`])
    if (summary.exit !== 0) throw new Error(`prove ping: ${sample.stdout}`)
    return sample
  }

  /** Brings the agent to all of them, which then listens for every transport. */
  deploy(file) {
    const listen = Object.values(agentAddresses).flatMap((to) => ['--listen', to.replace('HOST', '0.0.0.0')])
    const [first, ...others] = agentWays
    this.#prove('agent', 'deploy', '-t', `*-${first}`, '--file', file, ...listen, '--concurrency', '10', '-o', 'json')
    // An agent has one key, and a key one name: by other ways it is known by its fingerprint.
    const keys = JSON.parse(this.#prove('keys', 'list', '-o', 'json').stdout)
    const keyOf = ({ name }) => keys.find((key) => key.name === `${name}-${first}`).fingerprint
    this.#targets = [
      ...this.#targets,
      ...others.flatMap((way) => this.#lab.hosts.map((host) => this.#byAgent(host, way, { key: keyOf(host) }))),
    ]
    this.#writeConfig()
  }

  #byAgent({ name, address: host }, way, more = {}) {
    const address = agentAddresses[way].replace('HOST', host)
    const options = { address, ssh: { config: this.#lab.sshConfig }, ...more }
    return [`${name}-${way}`, { host, executor: 'agent', options }]
  }

  /** What a run told at its end, too: the round trips that it took, and the milliseconds of each target. */
  #told(words) {
    const sample = this.#prove(...words, '-o', 'json', '--concurrency', '50')
    const summary = JSON.parse(sample.stdout.trimEnd().split('\n').at(-1))
    const targets = Object.values(summary.targets)
    const trips = Math.max(...targets.map(({ roundTrips }) => roundTrips))
    return { sample: { ...sample, trips, each: targets.map(({ elapsedMs }) => elapsedMs) }, summary }
  }

  #prove(...words) {
    return this.#measured(process.execPath, [bin, ...words])
  }

  /** A command line for a shell, in which $ssh is ssh with the configuration of the lab. */
  shell(text) {
    const line = `ssh='ssh -F ${this.#lab.sshConfig}'; ${text}`
    return this.#measured('sh', ['-c', line])
  }

  /** One login on each, all at once. */
  login() {
    return this.shell(`for h in ${this.names.join(' ')}; do $ssh $h true & done; wait`)
  }

  /** What nobody can do without: a login on each, and one script that looks at the same things. */
  look(what) {
    return this.shell(`for h in ${this.names.join(' ')}; do $ssh $h sh <${what}.look >/dev/null & done; wait`)
  }

  /** The same over connections that are open already. */
  lookOverMaster(what) {
    const shared = `-o ControlPath=${this.#place}/master-%n`
    return {
      open: () => this.shell(`for h in ${this.names.join(' ')}; do $ssh ${shared} -MNf $h; done`),
      run: () =>
        this.shell(`for h in ${this.names.join(' ')}; do $ssh ${shared} $h sh <${what}.look >/dev/null & done; wait`),
      close: () => this.shell(`for h in ${this.names.join(' ')}; do $ssh ${shared} -O exit $h 2>/dev/null; done`),
    }
  }

  /** Files as an archive, through one login on each. */
  untar() {
    const one = `tar -C files/many -c . | $ssh $h tar -C ${folder} -x`
    return this.shell(`for h in ${this.names.join(' ')}; do { ${one}; } & done; wait`)
  }

  /**
   * @param {'mixed' | 'files'} what
   * @param {{ mitogen?: boolean, check?: boolean, seconds: number }} options It is ended after so many seconds.
   */
  ansible(what, { mitogen = false, check = false, seconds }) {
    const settings = [
      'export ANSIBLE_PIPELINING=1 ANSIBLE_HOST_KEY_CHECKING=0 ANSIBLE_FORKS=50 ANSIBLE_GATHERING=explicit ANSIBLE_NOCOWS=1',
      `export ANSIBLE_SSH_ARGS='-F ${this.#lab.sshConfig} -o ControlMaster=auto -o ControlPersist=60s -o ControlPath=${this.#place}/ansible-%n'`,
      ...(mitogen
        ? [
            'export ANSIBLE_STRATEGY=mitogen_linear ANSIBLE_STRATEGY_PLUGINS=/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy',
          ]
        : []),
    ]
    const run = `ansible-playbook -i ansible/hosts ${check ? '--check ' : ''}ansible/${what}.yml`
    return this.shell(`${settings.join('; ')}; timeout ${seconds} ${run} || [ $? = 124 ]`)
  }

  #counts = { mixed: 100, files: manyFiles }

  /** Also the processor's seconds, and the megabytes at the most, of the program and all that it began. */
  #measured(program, words) {
    const cwd = this.#place
    const said = join(cwd, 'time')
    const own = {
      XDG_CACHE_HOME: join(cwd, '.cache'),
      XDG_STATE_HOME: join(cwd, '.state'),
      PROVE_KEYS: join(cwd, '.keys'),
    }
    const env = { ...process.env, ...own }
    const sample = timed('/usr/bin/time', ['-o', said, '-f', '%U %S %M', program, ...words], { cwd, env })
    const [user = 0, system = 0, most = 0] = readFileSync(said, 'utf8').split(' ').map(Number)
    return { ...sample, cpu: user + system, megabytes: most / 1024 }
  }

  #write() {
    const [first] = agentWays
    this.#targets = [
      ...['ssh', 'openssh'].flatMap((executor) =>
        this.names.map((host) => [`${host}-${executor}`, { host, executor, options: { config: this.#lab.sshConfig } }]),
      ),
      ...this.#lab.hosts.map((host) => this.#byAgent(host, first)),
    ]
    this.#writeConfig()
    for (const i of numbers(mixed.files)) {
      this.#put(`templates/t${i}.conf.njk`, `# ${i}\nlisten {{ port }};\n${'# what it is for\n'.repeat(20)}`)
    }
    for (const i of numbers(manyFiles)) this.#put(`files/many/f${i}`, randomBytes(512).toString('hex'))
    const states = [
      ...mixed.packages.map((name) => [`p-${name}`, 'pkg.installed', name]),
      ...mixed.services.map((name) => [`s-${name}`, 'service.running', { name, enable: true }]),
      ...numbers(mixed.groups).map((i) => [`g${i}`, 'group.present', `bench-g${i}`]),
      ...numbers(mixed.users).map((i) => [`u${i}`, 'user.present', { name: `bench-u${i}`, shell: '/bin/sh' }]),
      ...numbers(mixed.directories).map((i) => [`d${i}`, 'file.directory', { path: `${folder}/d${i}`, mode: '0755' }]),
      ...numbers(mixed.files).map((i) => [
        `t${i}`,
        'file.managed',
        { path: `${folder}/t${i}.conf`, source: `prove://t${i}.conf.njk`, mode: '0644' },
      ]),
      ...numbers(mixed.links).map((i) => [
        `l${i}`,
        'file.link',
        { path: `${folder}/l${i}`, target: `${folder}/t${i}.conf` },
      ]),
      ...numbers(mixed.lines).map((i) => [
        `i${i}`,
        'file.line',
        { path: `${folder}/lines${i % lineFiles}`, line: `line ${i}`, create: true, mode: '0644' },
      ]),
      ...numbers(mixed.jobs).map((i) => [
        `j${i}`,
        'cron.entry',
        { name: `bench ${i}`, user: 'root', minute: i, hour: 3, command: `true ${i}` },
      ]),
      ...numbers(mixed.commands).map((i) => [
        `c${i}`,
        'cmd.run',
        { command: `touch ${folder}/c${i}`, creates: `${folder}/c${i}` },
      ]),
    ]
    const files = numbers(manyFiles).map((i) => [
      `f${i}`,
      'file.managed',
      { path: `${folder}/f${i}`, source: `prove://many/f${i}`, mode: '0644' },
    ])
    const text = (all) => all.map(([id, fn, args]) => `${id}: { ${fn}: ${JSON.stringify(args)} }\n`).join('')
    this.#put('mixed.yml', text(states))
    this.#put('files.yml', text(files))
    this.#writeLooks()
    this.#writePlaybooks()
  }

  #writeConfig() {
    const config = { targets: Object.fromEntries(this.#targets), variables: { port: 8080 } }
    this.#put('prove.config.json', JSON.stringify(config))
  }

  #put(name, text) {
    const path = join(this.#place, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }

  #writeLooks() {
    const files = numbers(mixed.files).map((i) => `t${i}.conf`)
    const lines = numbers(lineFiles).map((i) => `lines${i}`)
    const others = [
      ...numbers(mixed.directories).map((i) => `d${i}`),
      ...numbers(mixed.links).map((i) => `l${i}`),
      ...numbers(mixed.commands).map((i) => `c${i}`),
    ]
    const users = numbers(mixed.users).map((i) => `bench-u${i}`)
    const groups = numbers(mixed.groups).map((i) => `bench-g${i}`)
    const look = (all, hashed) =>
      `cd ${folder}; stat -c '%f %u %g %s %n' ${all.join(' ')}; sha256sum ${hashed.join(' ')}\n`
    const more = [
      `cat ${lines.join(' ')}`,
      `dpkg-query -W ${mixed.packages.join(' ')}`,
      `systemctl show -p Id,LoadState,ActiveState,UnitFileState ${mixed.services.join(' ')}`,
      `getent passwd ${users.join(' ')}; getent shadow ${users.join(' ')}; getent group ${groups.join(' ')}`,
      'crontab -l',
    ]
    this.#put('mixed.look', `${look([...files, ...others, ...lines], files)}${more.join('\n')}\n`)
    const many = numbers(manyFiles).map((i) => `f${i}`)
    this.#put('files.look', look(many, many))
  }

  #writePlaybooks() {
    this.#put('ansible/hosts', `${this.names.join('\n')}\n`)
    const play = (tasks) => JSON.stringify([{ hosts: 'all', gather_facts: false, vars: { port: 8080 }, tasks }])
    const tasks = [
      ...mixed.packages.map((name) => ({ apt: { name } })),
      ...mixed.services.map((name) => ({ systemd: { name, state: 'started', enabled: true } })),
      ...numbers(mixed.groups).map((i) => ({ group: { name: `bench-g${i}` } })),
      ...numbers(mixed.users).map((i) => ({ user: { name: `bench-u${i}`, shell: '/bin/sh' } })),
      ...numbers(mixed.directories).map((i) => ({
        file: { path: `${folder}/d${i}`, state: 'directory', mode: '0755' },
      })),
      ...numbers(mixed.files).map((i) => ({
        template: { src: `${this.#place}/templates/t${i}.conf.njk`, dest: `${folder}/t${i}.conf`, mode: '0644' },
      })),
      ...numbers(mixed.links).map((i) => ({
        file: { path: `${folder}/l${i}`, src: `${folder}/t${i}.conf`, state: 'link' },
      })),
      ...numbers(mixed.lines).map((i) => ({
        lineinfile: { path: `${folder}/lines${i % lineFiles}`, line: `line ${i}`, create: true, mode: '0644' },
      })),
      ...numbers(mixed.jobs).map((i) => ({
        cron: { name: `bench ${i}`, minute: `${i}`, hour: '3', job: `true ${i}` },
      })),
      ...numbers(mixed.commands).map((i) => ({
        command: { cmd: `touch ${folder}/c${i}`, creates: `${folder}/c${i}` },
      })),
    ]
    this.#put('ansible/mixed.yml', play(tasks))
    const copies = readdirSync(join(this.#place, 'files/many')).map((name) => ({
      copy: { src: `${this.#place}/files/many/${name}`, dest: `${folder}/${name}`, mode: '0644' },
    }))
    this.#put('ansible/files.yml', play(copies))
  }
}
