import type { Answer } from './channel.js'
import { askFacts, rememberedFacts, withToolsOf } from './known-facts.js'
import { closeShell, openShell } from './open-shell.js'
import { runWithin } from './run-within.js'
import type { SessionOptions } from './session-options.js'
import { ShellSession } from './shell-session.js'

/**
 * Opens a shell on the target, reads its facts, and takes the lock when asked: one round trip. With remembered facts nothing
 * is waited for: see {@link ShellSession.read}.
 */
export const openSession = async (options: SessionOptions): Promise<ShellSession> => {
  const shell = await openShell(options.open, options)
  const { factSources = [], factsAtOnce } = options
  shell.channel.onTrip = options.onTrip
  const wanted = factSources.filter(({ facts }) => Object.keys(facts).some((name) => factsAtOnce?.has(name) === true))
  const { tools } = options.kinds
  const believed = rememberedFacts(options.remembered, tools, wanted)
  // What is remembered need only be told again by the sources that something rests on.
  const atOnce =
    believed === undefined ? factSources.filter((each) => each.lazy !== true || wanted.includes(each)) : wanted
  const { lock } = options
  const frames = [...(lock === undefined ? [] : [{ what: 'lock', count: 1 }]), { what: 'facts', count: 1 }]
  const run = (script: string, seconds: number): Promise<Answer> => runWithin(shell.channel, script, seconds, ...frames)
  const told = askFacts(run, tools, atOnce, lock).then((known) =>
    believed === undefined ? known : withToolsOf(known, believed.basic.tools),
  )
  const again = (): Promise<ShellSession> => openSession({ ...options, remembered: undefined, onTrip: undefined })
  if (believed !== undefined) return new ShellSession(shell, believed, options, again, told)
  try {
    return new ShellSession(shell, await told, options, again)
  } catch (error) {
    await closeShell(shell)
    throw error
  }
}
