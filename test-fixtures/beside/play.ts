import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../find-program.js'
import type { CaseTask } from './case-tasks.js'

/** One case of a play: what is run before on the host, by the shell, and its tasks. */
export interface PlayedCase {
  readonly begin: string
  readonly tasks: readonly CaseTask[]
  /** The folder of its catalog. */
  readonly catalog: string
  /** Run between both runs of the tasks. */
  readonly between?: string
}

/** Where Debian's Mitogen is, which runs the same modules in a third of the time. */
const strategies = '/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy'

/** The environment in which Ansible runs so. */
export const underMitogen = { ANSIBLE_STRATEGY: 'mitogen_linear', ANSIBLE_STRATEGY_PLUGINS: strategies }

/** What is to be installed before Ansible can be asked; undefined where it is. */
export const whyNoAnsible = (): string | undefined =>
  findProgram('ansible-community') !== undefined && findProgram('rsync') !== undefined && existsSync(strategies)
    ? undefined
    : 'apt-get install ansible ansible-mitogen rsync'

/** How the tasks of one run of a case ended. */
export type Ends = 'changed' | 'ok' | 'failed'

interface Result {
  readonly changed?: boolean
  readonly failed?: boolean
}

const nameOf = (i: number, run: number, k: number): string => `r${i}_${run}_${k}`

/** As in every play: what comes after a task that failed does not run. */
const conditionsOf = (i: number, run: number, k: number, { after, unless = [] }: CaseTask): readonly string[] => [
  ...Array.from({ length: k }, (_, before) => `${nameOf(i, run, before)} is not failed`),
  ...unless.map((each) => `${nameOf(i, run, each)} is not changed`),
  ...(after === undefined ? [] : [after.map((each) => `${nameOf(i, run, each)} is changed`).join(' or ')]),
]

const playOf = (
  cases: readonly PlayedCase[],
  { end, results, ssh }: { readonly end: string; readonly results: string; readonly ssh: string },
): readonly object[] => {
  const tasks = cases.flatMap(({ begin, tasks: own, catalog, between }, i) => [
    { raw: begin },
    ...[1, 2].flatMap((run) => [
      ...(run === 2 && between !== undefined ? [{ raw: between }] : []),
      ...own.map((each, k) => ({
        ...each.task,
        vars: { catalog, ssh },
        when: conditionsOf(i, run, k, each),
        register: nameOf(i, run, k),
        ignore_errors: true,
      })),
    ]),
  ])
  const runs = cases.map(({ tasks: own }, i) =>
    [1, 2].map((run) => `[${own.map((_each, k) => nameOf(i, run, k)).join(',')}]`).join(','),
  )
  const all = `{{ [${runs.map((each) => `[${each}]`).join(',')}] | to_json }}`
  const note = { copy: { dest: results, content: all }, delegate_to: 'localhost', connection: 'local' }
  return [{ hosts: 'all', gather_facts: false, tasks: [...tasks, { raw: end }, note] }]
}

/** Runs the tasks of every case twice on a host, in one play; what each task of each run answered. */
export const play = async (
  cases: readonly PlayedCase[],
  end: string,
  host: { readonly name: string; readonly sshConfig: string },
  folder: string,
): Promise<string> => {
  const results = join(folder, 'results.json')
  const control = join(folder, 'c')
  const ssh = ['-F', host.sshConfig, '-o', `ControlPath=${control}`]
  const played = playOf(cases, { end, results, ssh: `ssh ${ssh.join(' ')}` })
  writeFileSync(join(folder, 'play.json'), JSON.stringify(played))
  const env = {
    ...process.env,
    HOME: folder,
    LC_ALL: 'C.UTF-8',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_PIPELINING: '1',
    ANSIBLE_SSH_USETTY: '0',
    ANSIBLE_SSH_ARGS: `${ssh.join(' ')} -o ControlMaster=auto -o ControlPersist=60s`,
    // Cases remove the home of root.
    ANSIBLE_REMOTE_TMP: '/var/tmp/ansible',
    ...underMitogen,
  }
  const words = ['-i', `${host.name},`, '-e', 'ansible_python_interpreter=/usr/bin/python3']
  const run = promisify(execFile)
  await run('ansible-playbook', [...words, join(folder, 'play.json')], {
    env,
    maxBuffer: 1 << 28,
    timeout: 840_000,
  }).catch((error: Error & { readonly stdout?: string }) => {
    throw new Error(`the play did not end well:\n${(error.stdout ?? '').slice(-4000)}`, { cause: error })
  })
  await run('ssh', [...ssh, '-O', 'exit', host.name]).catch(() => undefined)
  return results
}

/** How a run ended, by the answers of its tasks. */
export const endOf = (answers: readonly Result[]): Ends => {
  if (answers.some(({ failed }) => failed === true)) return 'failed'
  return answers.some(({ changed }) => changed === true) ? 'changed' : 'ok'
}
