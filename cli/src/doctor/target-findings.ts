import type { Catalog, Target } from '@prove/catalog'
import { command, defineOperation, Interruption, quote, runTarget, type Session } from '@prove/core'
import type { Project } from '../project.js'
import { elevationOf, executorOf } from '../run/way.js'
import { failures } from './catalog-findings.js'
import { type Finding, fail, ok, warn } from './finding.js'

/** Opens a shell on a target and looks round there; nothing but the scratch of that shell is made, and it is gone after. */
export const targetFindings = async (
  { kernel }: Project,
  { blobs }: Catalog,
  target: Target,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  const about = (what: string): string => `${what} of ${target.name}`
  const look = defineOperation({
    name: 'doctor',
    about: 'Look round on the target.',
    command: () => ({}),
    action: async (_request, { session }) => {
      findings.push(...shellFindings(session, kernel.toolUsers, about), ...(await askedFindings(session, about)))
      return {}
    },
  })
  try {
    await runTarget({
      target: target.name,
      operation: look,
      inputFor: () => Promise.resolve(undefined),
      ...(await executorOf(kernel, target)),
      elevation: elevationOf(target, undefined, undefined),
      kernel,
      blobs,
      owner: { who: 'doctor', since: '' },
      interruption: new Interruption(),
      emit: (event) => {
        if (event.type !== 'target' || event.event !== 'error') return
        findings.push(fail(about('shell'), event.error?.message ?? 'no shell was opened', event.error?.hint))
      },
    })
  } catch (error) {
    return failures(about('shell'), error)
  }
  return findings
}

type About = (what: string) => string

const shellFindings = (
  { facts }: Session,
  toolUsers: ReadonlyMap<string, readonly string[]>,
  about: About,
): readonly Finding[] => {
  const { os, osVersion, kernel, dialect, user, uid, tools } = facts
  const system = os === '' ? kernel : `${os} ${osVersion}`.trim()
  const who = uid === 0 ? 'root' : `${user}, who is not root: "--elevate sudo" becomes it where states need that`
  const missing = [...toolUsers].filter(([tool]) => !tools.includes(tool))
  return [
    ok(about('shell'), `${system}, ${dialect} tools, as ${who}`),
    missing.length === 0
      ? ok(about('tools'), `all ${toolUsers.size} that states may need`)
      : fail(
          about('tools'),
          missing.map(([tool, users]) => `${tool} is missing: nothing with ${users.join(', ')} works`).join('; '),
          `install ${missing.map(([tool]) => tool).join(', ')} there`,
        ),
  ]
}

/** Seconds that clocks may differ: certificates and schedules are not that exact. */
const clockLimit = 30

/** What it takes a command there to know. */
const askedFindings = async (session: Session, about: About): Promise<readonly Finding[]> => {
  const { stateFolder } = session.facts
  // The nearest folder that is there decides whether it can be made.
  const text = [
    `date +%s; d=${quote(stateFolder)}`,
    'while [ ! -e "$d" ] && [ "$d" != / ]; do d=${d%/*}; [ -n "$d" ] || d=/; done',
    '[ -d "$d" ] && [ -w "$d" ] && [ -x "$d" ] && echo yes || echo "$d"',
  ].join('\n')
  const before = Date.now() / 1000
  const [answer] = await session.read([command({ command: text })])
  const after = Date.now() / 1000
  if (answer?.ok !== true) return [fail(about('commands'), `none can be run: ${answer?.detail ?? 'no answer'}`)]
  const [clock = '', writable = ''] = (answer.value as { stdout: string }).stdout.split('\n')
  const seconds = Math.round(Math.max(before - 1 - Number(clock), Number(clock) - after, 0))
  return [
    writable === 'yes'
      ? ok(about('state folder'), stateFolder)
      : fail(
          about('state folder'),
          `${stateFolder} cannot be written, because of ${writable}: states that notify do not start`,
          `make ${writable} a folder that its user may write`,
        ),
    seconds > clockLimit
      ? warn(about('clock'), `it is ${seconds} s away from the one here`, 'synchronise both, such as with chrony')
      : ok(about('clock'), 'as here'),
  ]
}
