import { existsSync } from 'node:fs'
import { agentWays, Hosts } from '../hosts.mjs'
import { interleave, median, rowOf, shareOf } from '../measure.mjs'

/** Rounds on hosts, which take their time. */
const roundsOn = ({ names }) => (names.length === 1 ? 5 : 3)

/** Programs that are measured in turns, and those that the others are compared with. */
const block = async (variants, { floor, goals = {}, rounds }) => {
  const taken = await interleave(variants, rounds)
  return {
    rows: variants.map(({ name }) => rowOf(taken, { name, of: [name], floor: [floor], goal: goals[name] })),
    notes: [`Ratios to "${floor}".`, ...variants.map(({ name }) => toldOf(taken, name))],
  }
}

/** What it took beside time, of this machine alone. */
const toldOf = (taken, name) => {
  const figure = (key) => median(taken.map((samples) => samples[name][key] ?? 0))
  const trips = figure('trips')
  const told = trips === 0 ? '' : `${trips} round ${trips === 1 ? 'trip' : 'trips'}, `
  return `${name}: ${told}${eachOf(taken, name)}${figure('cpu').toFixed(2)} s of processor, ${Math.round(figure('megabytes'))} MB.`
}

/** How long single targets took in the same runs, where there are several. */
const eachOf = (taken, name) => {
  const each = taken.flatMap((samples) => samples[name].each ?? []).toSorted((a, b) => a - b)
  if (each.length <= taken.length) return ''
  return `each target p50 ${Math.round(shareOf(each, 0.5))} ms, p99 ${Math.round(shareOf(each, 0.99))} ms, `
}

const login = (hosts) => ({ name: 'ssh host true', run: () => hosts.login() })
const look = (hosts, what) => ({ name: 'ssh host sh, which looks at the same', run: () => hosts.look(what) })
const prove = (hosts, name, ...asked) => ({ name, run: () => hosts.prove(...asked) })

const on = ({ names }, roundTrip) =>
  `on ${names.length === 1 ? 'one host' : `${names.length} hosts`}, round trip ${roundTrip} ms`

/** 100 mixed states that are as declared. */
const idle = async (hosts, roundTrip) => {
  await hosts.empty()
  hosts.prove('apply', 'mixed', { outcome: 'changed' })
  // So that what it remembers is known too.
  hosts.prove('apply', 'mixed', { outcome: 'ok', way: 'openssh' })
  const master = hosts.lookOverMaster('mixed')
  master.open()
  const floor = hosts.names.length === 1 ? look(hosts, 'mixed') : login(hosts)
  const [plan, apply] = ['prove plan', 'prove apply']
  const measured = await block(
    [
      login(hosts),
      look(hosts, 'mixed'),
      { name: 'the same through an open ControlMaster', run: master.run },
      prove(hosts, plan, 'plan', 'mixed', { outcome: 'ok' }),
      prove(hosts, apply, 'apply', 'mixed', { outcome: 'ok' }),
      prove(hosts, 'prove apply, executor openssh', 'apply', 'mixed', { outcome: 'ok', way: 'openssh' }),
    ],
    { floor: floor.name, goals: { [plan]: 1.5, [apply]: 1.5 }, rounds: roundsOn(hosts) },
  )
  master.close()
  return { title: `100 mixed states, nothing to change, ${on(hosts, roundTrip)}`, ...measured }
}

/** 100 mixed states of which nothing is there. */
const cold = async (hosts, roundTrip) => {
  const apply = {
    ...prove(hosts, 'prove apply', 'apply', 'mixed', { outcome: 'changed' }),
    before: () => hosts.empty(),
  }
  const measured = await block([login(hosts), apply], {
    floor: login(hosts).name,
    rounds: hosts.names.length === 1 ? 3 : 1,
  })
  return { title: `100 mixed states, all new, ${on(hosts, roundTrip)}`, ...measured }
}

const coldFiles = async (hosts, roundTrip) => {
  const before = () => hosts.withoutFiles()
  const untar = { name: 'tar c | ssh host tar x', before, run: () => hosts.untar() }
  const apply = { ...prove(hosts, 'prove apply', 'apply', 'files', { outcome: 'changed' }), before }
  const measured = await block([untar, apply], {
    floor: untar.name,
    goals: { [apply.name]: 2 },
    rounds: roundsOn(hosts),
  })
  return { title: `500 new files of 1 KiB, ${on(hosts, roundTrip)}`, ...measured }
}

const idleFiles = async (hosts, roundTrip) => {
  await hosts.withoutFiles()
  hosts.prove('apply', 'files', { outcome: 'changed' })
  const floor = look(hosts, 'files')
  const measured = await block([floor, prove(hosts, 'prove apply', 'apply', 'files', { outcome: 'ok' })], {
    floor: floor.name,
    rounds: roundsOn(hosts),
  })
  return { title: `500 files of 1 KiB, nothing to change, ${on(hosts, roundTrip)}`, ...measured }
}

/** Seconds after which Ansible is ended; what has more to do is then not begun. */
const patience = Number(process.env['PROVE_BENCH_PATIENCE'] ?? 600)

const ownName = 'prove apply'
const plainName = 'Ansible: pipelining, ControlPersist'

/** Debian's Ansible, and what makes it faster, beside Prove: from what is least to do to what is most. */
class Peers {
  /** Programs that did not end, of which nothing more is asked. */
  #late = new Set()

  idle = async (hosts, roundTrip) => {
    await hosts.empty()
    // What each finds it has made itself, for both have marks of their own in crontabs.
    const bringers = {
      own: () => hosts.bring('mixed'),
      ansible: () => hosts.ansible('mixed', { mitogen: true, seconds: 4 * patience }),
    }
    let made
    const before = (name) => {
      const wanted = name === ownName ? 'own' : 'ansible'
      if (made !== wanted) bringers[wanted]()
      made = wanted
    }
    const measured = await this.#beside(hosts, 'mixed', { outcome: 'ok', check: true, before })
    return { title: `100 mixed states, nothing to change, ${on(hosts, roundTrip)}`, ...measured }
  }

  cold = async (hosts, roundTrip) => {
    const measured = await this.#beside(hosts, 'mixed', { outcome: 'changed', before: () => hosts.empty() })
    return { title: `100 mixed states, all new, ${on(hosts, roundTrip)}`, ...measured }
  }

  files = async (hosts, roundTrip) => {
    await hosts.withoutFiles()
    hosts.prove('apply', 'files', { outcome: 'changed' })
    const measured = await this.#beside(hosts, 'files', { outcome: 'ok' })
    return { title: `500 files of 1 KiB, nothing to change, ${on(hosts, roundTrip)}`, ...measured }
  }

  coldFiles = async (hosts, roundTrip) => {
    const measured = await this.#beside(hosts, 'files', { outcome: 'changed', before: () => hosts.withoutFiles() })
    return { title: `500 new files of 1 KiB, ${on(hosts, roundTrip)}`, ...measured }
  }

  /** `before` is told which program comes. */
  async #beside(hosts, what, { outcome, before, check = false }) {
    const own = prove(hosts, ownName, 'apply', what, { outcome })
    const wanted = [
      own,
      this.#ansible(hosts, what, plainName, {}),
      ...(check ? [this.#ansible(hosts, what, 'Ansible --check', { check: true })] : []),
      this.#ansible(hosts, what, 'Ansible with Mitogen', { mitogen: true }),
    ]
    const left = wanted
      .filter(({ name }) => !this.#late.has(name))
      .map((variant) => ({ ...variant, before: () => before?.(variant.name) }))
    const { rows, notes } = await block(left, { floor: own.name, rounds: 1 })
    const late = [...this.#late].map((name) => `${name}: not in ${patience} s.`)
    return { rows: rows.filter(({ name }) => !this.#late.has(name)), notes: [...notes, ...late] }
  }

  #ansible(hosts, what, name, options) {
    const run = () => {
      // A dry run is no faster, and comes after it.
      const hopeless = options.check === true && this.#late.has(plainName)
      const sample = hopeless ? { ms: patience * 1000 } : hosts.ansible(what, { ...options, seconds: patience })
      if (sample.ms >= patience * 1000) this.#late.add(name)
      return sample
    }
    return { name, run }
  }
}

/** Measures on so many hosts, near and far; each table as soon as it is known. */
async function* onHosts(count, ...measures) {
  const hosts = await Hosts.boot(count)
  try {
    for (const roundTrip of [0, 50]) {
      await hosts.roundTrip(roundTrip)
      for (const measure of measures) yield await measure(hosts, roundTrip)
    }
  } finally {
    await hosts.close()
  }
}

/** The same by agents over each transport, whose links are made anew for each run as logins are. */
const byAgents = (file) => async (hosts, roundTrip) => {
  const ways = ['ssh', ...agentWays]
  if (roundTrip === 0) {
    await hosts.empty()
    hosts.prove('apply', 'mixed', { outcome: 'changed' })
    hosts.deploy(file)
  }
  const measured = await block(
    [
      login(hosts),
      ...ways.map((way) => ({ name: `prove ping, ${way}`, run: () => hosts.ping(way) })),
      ...ways.map((way) => prove(hosts, `prove apply, ${way}`, 'apply', 'mixed', { outcome: 'ok', way })),
    ],
    { floor: login(hosts).name, rounds: roundsOn(hosts) },
  )
  return { title: `pings, and 100 mixed states with nothing to change, ${on(hosts, roundTrip)}`, ...measured }
}

export const agents = (file) =>
  async function* agentsOnHosts() {
    for (const count of hostCounts()) yield* onHosts(count, byAgents(file))
  }

const hostCounts = () => (process.env['PROVE_BENCH_HOSTS'] ?? '1,20,50').split(',').map(Number)

export const ssh = () => onHosts(1, idle, cold, coldFiles, idleFiles)

export async function* fleet() {
  for (const count of hostCounts().filter((each) => each > 1)) yield* onHosts(count, idle, cold, coldFiles, idleFiles)
}

export async function* ansible() {
  if (!existsSync('/usr/bin/ansible-playbook')) {
    throw new Error('install it: apt-get install ansible-core ansible-mitogen')
  }
  const peers = new Peers()
  for (const count of hostCounts()) {
    yield* onHosts(count, peers.idle, peers.cold)
    yield* onHosts(count, peers.files, peers.coldFiles)
  }
}
