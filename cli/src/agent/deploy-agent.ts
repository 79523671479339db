import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { Errors, type Target } from '@prove/catalog'
import { isMap, ProveError } from '@prove/core'
import { joinString, KeyRing } from '@prove/link'
import type { ReportGround, ShownRun } from '../console/report-to.js'
import { askAgent } from '../keys/ask-agent.js'
import { catalogOf, openProject, type Project } from '../project.js'
import { chosenTargets } from '../run/chosen-targets.js'
import { operate } from '../run/operate.js'
import type { RunOptions } from '../run/run-operation.js'
import { deployStates } from './deploy-states.js'
import { agentOptions, type Meeting, meetingOf } from './meeting-of.js'

export interface Deploy {
  /** Of the command line. */
  readonly run: RunOptions
  readonly shown: ShownRun
  readonly ground: ReportGround
  /** The one file, or the Debian package. */
  readonly file: string
  /** How the agents are to come together with this master; their targets tell unless given. */
  readonly meeting: Meeting
}

/** Seconds in which an agent that was deployed has to come. */
const expires = 3600

/** Milliseconds in which an agent that has started has to listen. */
const patience = 10_000

/** Brings the agent to hosts by ssh, and lets it in; then asks it whether it is there. Resolves to the exit status. */
export const deployAgent = async (project: Project, deploy: Deploy): Promise<number> => {
  const file = existing(deploy.file)
  const targets = await agentTargets(project, deploy.run.targets)
  const folder = mkdtempSync(join(tmpdir(), 'prove-deploy-'))
  try {
    writeCatalog(folder, file, targets, deploy.meeting)
    const own = { ...(await openProject(folder)), history: project.history }
    const run = { ...deploy.run, operation: 'apply', targets: [] }
    const exit = await operate(own, run, deploy.shown, deploy.ground)
    if (exit !== 0 && exit !== 4) return exit
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  await Promise.all(targets.map((target) => started(project, target)))
  const asked = targets.map(({ name }) => name)
  return operate(project, { ...deploy.run, operation: 'ping', targets: asked }, deploy.shown, deploy.ground)
}

/** A program has started before it listens: for some seconds nobody may be there. One that dials is waited for anyway. */
const started = async (project: Project, target: Target): Promise<void> => {
  if (agentOptions(target)['listen'] !== undefined) return
  const until = performance.now() + patience
  while (performance.now() < until) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      return await askAgent(project, target, () => Promise.resolve())
    } catch {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resume) => setTimeout(resume, 250))
    }
  }
}

const existing = (file: string): string => {
  const path = resolve(file)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return realpathSync(path)
  throw new ProveError('PRV_USAGE', `there is no file "${file}"`, {
    hint: 'name the agent as one file, or as a Debian package, of the version of this prove',
  })
}

const agentTargets = async (project: Project, expressions: readonly string[]): Promise<readonly Target[]> => {
  const errors = new Errors()
  const catalog = await catalogOf(project, errors)
  errors.throwIfAny()
  const chosen = chosenTargets(catalog, expressions, project)
  for (const { name, executor } of chosen) {
    if (executor === 'agent') continue
    throw new ProveError('PRV_USAGE', `the target "${name}" is reached by "${executor}", and not by an agent`, {
      hint: `write executor: 'agent' for it, or choose others with -t`,
    })
  }
  return chosen
}

/** A catalog of what the hosts are to be. Each gets a word of its own, which nobody else may read. */
const writeCatalog = (folder: string, file: string, targets: readonly Target[], asked: Meeting): void => {
  const met = targets.map((target) => ({ target, meeting: meetingOf(target, asked) }))
  const ring = new KeyRing()
  const { fingerprint } = ring.identity()
  const entries = met.map(({ target, meeting }, i) => {
    const { name, host } = target
    const { elevate } = target.declared.input
    const until = new Date(Date.now() + expires * 1000).toISOString()
    const states = deployStates({
      file: basename(file),
      master: fingerprint,
      join: joinString({
        addresses: [],
        master: fingerprint,
        token: ring.tokens.make({ expires: until, many: false, name }),
      }),
      name,
      meeting,
      isKnown: ring.acceptedOf(name) !== undefined,
    })
    // States are told by the name of their file.
    const stateFile = `${/^[\w.-]+$/.test(name) ? name : `target${i}`}.json`
    writeFileSync(join(folder, stateFile), JSON.stringify(states))
    const { ssh: given } = agentOptions(target)
    const ssh = isMap(given) ? given : {}
    return [name, { host, executor: 'ssh', options: ssh, elevate, states: [stateFile] }] as const
  })
  mkdirSync(join(folder, 'files'))
  symlinkSync(file, join(folder, 'files', basename(file)))
  const config = { name: 'prove-agent', targets: Object.fromEntries(entries) }
  writeFileSync(join(folder, 'prove.config.json'), JSON.stringify(config))
}
