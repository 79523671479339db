import { Errors, type Target } from '@prove/catalog'
import { Interruption, noBlobs, ProveError, type Reached } from '@prove/core'
import { userInfo } from 'node:os'
import { catalogOf, type Project } from '../project.js'
import { executorOf } from '../run/way.js'

/** The targets of a project that have agents. */
export const agentTargetsOf = async (project: Project): Promise<readonly Target[]> => {
  const errors = new Errors()
  const catalog = await catalogOf(project, errors)
  errors.throwIfAny()
  return [...catalog.roster.targets.values()].filter(({ executor }) => executor === 'agent')
}

/** Asks the agent of a target something that is about the agent itself. Throws what it answers with, or why it was not reached. */
export const askAgent = async (
  { kernel }: Project,
  target: Target,
  requests: (ask: (operation: string, request: object) => Promise<Readonly<Record<string, unknown>>>) => Promise<void>,
): Promise<void> => {
  const { executor, options, host } = await executorOf(kernel, target)
  if (!('reach' in executor)) throw new ProveError('PRV_USAGE', `the target "${target.name}" has no agent`)
  const reached: Reached = await executor.reach(options, {
    target: target.name,
    host,
    owner: { who: userInfo().username, since: new Date().toISOString() },
    blobs: noBlobs,
    transportOf: kernel.transportOf,
    pluginOf: kernel.pluginOf,
    onTrip: () => undefined,
  })
  const awaiting = { interruption: new Interruption(), emit: () => undefined }
  try {
    await requests(async (name, request) => {
      const operation = { name, about: name, command: () => request, action: () => Promise.reject(new Error(name)) }
      return (await reached.act(operation, request, awaiting)) as Readonly<Record<string, unknown>>
    })
  } finally {
    await reached.close()
  }
}
