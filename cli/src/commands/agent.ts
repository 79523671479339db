import { defineCommand } from './command.js'
import type { Option } from './command.js'
import { list } from './options.js'

const heading = 'Set up'

const placeOptions = [
  { flags: '--config <file>', about: 'its configuration', default: '/etc/prove-agent/agent.json', completes: 'files' },
  {
    flags: '--state <folder>',
    about: 'what it must not forget',
    default: '/var/lib/prove-agent',
    completes: 'folders',
  },
] as const

/** Where an agent has its things on its host. */
export interface PlaceFlags {
  readonly config: string
  readonly state: string
}

/** Of `prove agent`, and of the program `prove-agent`, which has these and no others. */
export const agentRunCommand = defineCommand<PlaceFlags>({
  name: 'agent run',
  about: 'Be the agent of this host, in the foreground, until told to end.',
  heading,
  arguments: [],
  options: placeOptions,
  examples: [{ line: 'prove agent run', about: 'as its unit does; Ctrl-C ends it when what runs has ended' }],
  run: async (_words, flags, { complain }) => {
    const { runAgent } = await import('../agent/run-agent.js')
    return runAgent(flags, complain)
  },
})

const joinOptions: readonly Option[] = [
  {
    flags: '--listen <address>',
    about: 'where the master is to dial; tcp://0.0.0.0:4505 where nobody is dialled; several may be given',
    parse: list,
    default: [],
  },
  {
    flags: '--dial <address>',
    about: 'where the master listens, beside what the string says',
    parse: list,
    default: [],
  },
  { flags: '--name <name>', about: 'what it calls its host; the name of the host unless given' },
]

interface JoinFlags extends PlaceFlags {
  readonly listen: readonly string[]
  readonly dial: readonly string[]
  readonly name?: string
}

export const agentJoinCommand = defineCommand<JoinFlags>({
  name: 'agent join',
  about: 'Obey the master that gave this join string, in place of those before.',
  heading,
  arguments: [{ words: '<string>', about: 'what "prove keys join" printed, or - to read it from standard input' }],
  options: [...placeOptions, ...joinOptions],
  examples: [
    { line: 'prove agent join prove-join:eyJhIjpb…', about: 'then start it: systemctl restart prove-agent' },
    { line: 'prove agent join - <word', about: 'so that the word is in no list of processes' },
  ],
  run: async ([word], flags, { print }) => {
    const { joinMaster } = await import('../agent/join-master.js')
    return joinMaster(word as string, flags, print)
  },
})

export const agentShowCommand = defineCommand<PlaceFlags>({
  name: 'agent show',
  about: 'Show the fingerprint of the agent of this host, and whom it obeys.',
  heading,
  arguments: [],
  options: placeOptions,
  examples: [{ line: 'prove agent show', about: 'to be compared with what "prove keys list" shows on the master' }],
  run: async (_words, flags, { print }) => {
    const { showAgent } = await import('../agent/show-agent.js')
    return showAgent(flags, print)
  },
})

export const agentInstallCommand = defineCommand<JoinFlags>({
  name: 'agent install',
  about: 'Put the program and its unit in place on this host, join a master, and start.',
  heading,
  arguments: [{ words: '[string]', about: 'what "prove keys join" printed; - to read it from standard input' }],
  options: [...placeOptions, ...joinOptions],
  examples: [{ line: 'prove agent install - <word', about: 'all that a host needs which has the one file' }],
  notes: 'It is for the one file, "prove-agent"; what npm installed is started by "prove agent run".',
  run: async ([word], flags, { print }) => {
    const { installAgent } = await import('../agent/install-agent.js')
    return installAgent(word as string | undefined, flags, print)
  },
})
