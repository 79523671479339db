import { defineCommand } from './command.js'
import { seconds } from './options.js'
import { type RolloutFlags, rolloutOptions, type RunFlags, runOptions } from './run-options.js'

interface Flags extends RunFlags, RolloutFlags {
  readonly cwd?: string
  readonly runAs?: string
  readonly timeout?: number
}

export const cmdCommand = defineCommand<Flags>({
  name: 'cmd',
  about: 'Run one command.',
  heading: 'Change and plan',
  arguments: [
    { words: '<command...>', about: 'one word is text for a shell; several are a command and its arguments' },
  ],
  options: [
    ...runOptions,
    ...rolloutOptions,
    { flags: '--cwd <path>', about: 'the folder to run in' },
    { flags: '--run-as <user>', about: 'the user to run as' },
    { flags: '--timeout <seconds>', about: 'seconds it may take', parse: seconds },
  ],
  examples: [
    { line: 'prove cmd -t web1 -- systemctl status nginx', about: 'a command and its arguments' },
    { line: "prove cmd 'df -h / | tail -1'", about: 'text for a shell' },
  ],
  run: async ([words], flags, context) => {
    const { runCommand } = await import('./run-command.js')
    const { cwd, runAs, timeout } = flags
    const [first, ...more] = words as readonly string[]
    const command = more.length === 0 ? first : words
    return runCommand(flags, context, { operation: 'cmd', input: { command, cwd, runAs, timeout } })
  },
})
