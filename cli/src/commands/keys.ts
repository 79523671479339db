import { InvalidArgumentError } from 'commander'
import { defineCommand } from './command.js'
import { list, type OutputFlags, outputOption } from './options.js'

const heading = 'Set up'

const keyArgument = { words: '<key>', about: 'the name of a target, or the beginning of a fingerprint' }

export const keysListCommand = defineCommand<OutputFlags>({
  name: 'keys list',
  about: 'List the keys of agents, and what became of each.',
  heading,
  arguments: [],
  options: [outputOption(['console', 'json'])],
  examples: [{ line: 'prove keys list', about: 'those that wait come first' }],
  run: async (_words, { output }, { print, colors }) => {
    const { listKeys } = await import('../keys/list-keys.js')
    return listKeys(output, { print, colors })
  },
})

export const keysShowCommand = defineCommand<OutputFlags>({
  name: 'keys show',
  about: 'Show the fingerprint of this master, or all about an agent: its key, its version and its plugins.',
  heading,
  arguments: [{ words: '[key]', about: keyArgument.about }],
  options: [outputOption(['console', 'json'])],
  examples: [
    { line: 'prove keys show', about: 'by which agents know this master' },
    { line: 'prove keys show web1', about: 'the agent of web1, as it was last met' },
  ],
  notes:
    'What an agent says of itself is from the last run that met it; its plugins are compared with those of the configuration here.',
  run: async ([key], { output }, { print, complain, colors, project }) => {
    const { showAgentKey, showOwnKey } = await import('../keys/show-key.js')
    if (key === undefined) return showOwnKey(output, print, complain)
    return showAgentKey(key as string, output, { print, colors, project })
  },
})

interface AcceptFlags {
  readonly name?: string
}

export const keysAcceptCommand = defineCommand<AcceptFlags>({
  name: 'keys accept',
  about: 'Let the agent with this key be that of a target.',
  heading,
  arguments: [keyArgument],
  options: [{ flags: '--name <target>', about: 'the target; what the agent calls its host unless given' }],
  examples: [
    { line: 'prove keys accept web1', about: 'after its fingerprint was compared' },
    { line: 'prove keys accept SHA256:kT3 --name web1', about: 'the host calls itself something else' },
  ],
  run: async ([key], { name }, { print }) => {
    const { acceptKey } = await import('../keys/change-key.js')
    return acceptKey(key as string, name, print)
  },
})

export const keysRejectCommand = defineCommand({
  name: 'keys reject',
  about: 'Forget a key that waits. It may come again.',
  heading,
  arguments: [keyArgument],
  options: [],
  examples: [{ line: 'prove keys reject SHA256:kT3', about: 'nobody knows that one' }],
  run: async ([key], _flags, { print }) => {
    const { rejectKey } = await import('../keys/change-key.js')
    return rejectKey(key as string, print)
  },
})

export const keysRevokeCommand = defineCommand({
  name: 'keys revoke',
  about: 'Never speak with the agent of this key again; a link that it has is closed.',
  heading,
  arguments: [keyArgument],
  options: [],
  examples: [{ line: 'prove keys revoke web1', about: 'the host was stolen, or is gone' }],
  run: async ([key], _flags, { print }) => {
    const { revokeKey } = await import('../keys/change-key.js')
    return revokeKey(key as string, print)
  },
})

interface JoinFlags {
  readonly name?: string
  readonly many?: true
  readonly expires: number
  readonly address: readonly string[]
}

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** Seconds of a time such as `30m`. */
const duration = (value: string): number => {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? []
  if (number === '' || Number(number) === 0) throw new InvalidArgumentError('expected a time such as 30m, 1h or 7d')
  return Number(number) * units[unit as keyof typeof units]
}

export const keysJoinCommand = defineCommand<JoinFlags>({
  name: 'keys join',
  about: 'Print a word that lets an agent in without being asked about.',
  heading,
  arguments: [],
  options: [
    { flags: '--name <target>', about: 'the target; what the agent calls its host unless given' },
    { flags: '--many', about: 'any number of agents may use it, until it expires; one may unless given' },
    { flags: '--expires <time>', about: 'such as 30m, 1h, 7d; one hour unless given', parse: duration, default: 3600 },
    {
      flags: '--address <address>',
      about:
        'where the agent is to dial the master; several may be given. None: the agent listens, and the master dials',
      parse: list,
      default: [],
    },
  ],
  examples: [
    { line: 'prove keys join --name web1', about: 'for one agent, which listens' },
    { line: 'prove keys join --many --expires 1d --address tcp://10.0.0.5:4505', about: 'for all of a new rack' },
  ],
  run: async (_words, flags, { print, complain }) => {
    const { makeJoinString } = await import('../keys/make-join-string.js')
    return makeJoinString(flags, { print, complain })
  },
})

interface RotateFlags {
  readonly force?: true
}

export const keysRotateCommand = defineCommand<RotateFlags>({
  name: 'keys rotate',
  about: 'Give the agent of a target another key, or this master, whose agents are told first.',
  heading,
  arguments: [{ words: '[key]', about: `${keyArgument.about}; the key of this master unless given` }],
  options: [{ flags: '--force', about: 'also when an agent cannot be told of the new key of this master' }],
  examples: [
    { line: 'prove keys rotate web1', about: 'its agent makes a new key; the old one is revoked' },
    { line: 'prove keys rotate', about: 'all agents of the configuration are told, and then the key is changed' },
  ],
  run: async ([key], { force }, { project, print }) => {
    const { rotateAgentKey, rotateMasterKey } = await import('../keys/rotate-keys.js')
    if (key !== undefined) return rotateAgentKey(await project(), key as string, print)
    return rotateMasterKey(await project(), force === true, print)
  },
})
