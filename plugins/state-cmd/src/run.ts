import {
  defineState,
  entry,
  exec,
  type FileAnswer,
  path,
  type Read,
  type StepResult,
  text,
  type Verdict,
  z,
} from '@prove/core'
import { runExamples } from './examples.js'

const exits = z.union([z.int().min(0).max(255), z.array(z.int().min(0).max(255)).min(1)])

const regex = z.string().refine((pattern) => {
  try {
    return new RegExp(pattern, 'm') instanceof RegExp
  } catch {
    return false
  }
}, 'expected a regular expression')

/** A condition on how a command ended: all that are given must hold. */
const condition = z.strictObject({
  exit: exits.optional().meta({ description: 'The exit status, or several.' }),
  stdout: regex.optional().meta({ description: 'A regular expression that standard output holds.' }),
  stderr: regex.optional().meta({ description: 'A regular expression that standard error holds.' }),
})

type Condition = z.output<typeof condition>

const holds = ({ exit, stdout, stderr }: Condition, result: StepResult): boolean =>
  (exit === undefined || (Array.isArray(exit) ? exit.includes(result.exit) : exit === result.exit)) &&
  (stdout === undefined || new RegExp(stdout, 'm').test(result.stdout)) &&
  (stderr === undefined || new RegExp(stderr, 'm').test(result.stderr))

/** Run a command. */
export const run = defineState({
  name: 'cmd.run',
  about: 'Run a command, unless what it makes is already there.',
  details: `Text is for a shell; of a list of words no shell sees anything. Unless given otherwise the command runs in the home of
the user, with \`LC_ALL=C\`, umask 022, nothing on its standard input, and in a process group of its own.

In \`changed_when\` and \`failed_when\`, \`exit\` is a number or a list, \`stdout\` and \`stderr\` are regular expressions, and all
that are given must hold. A command without any guard runs, and counts as a change, in every run.

With \`creates\` or \`removes\` the path is looked at again after the command: one that did not do what it says has failed.`,
  main: 'command',
  args: {
    command: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .meta({ description: 'Text for a shell, or a list of words that no shell sees.' }),
    cwd: path('The folder to run in; the home of the user unless given.').optional(),
    stdin: text('What the command reads from its standard input.').optional(),
    removes: path('Nothing to do when this path does not exist.').optional(),
    changed_when: z
      .union([z.boolean(), condition])
      .optional()
      .meta({ description: 'What of its exit status and output means that something changed; unless given, always.' }),
    failed_when: z
      .union([z.literal(false), condition])
      .optional()
      .meta({ description: 'What of its exit status and output means failure; unless given, any status but 0.' }),
  },
  examples: runExamples,

  reads: ({ removes }): { readonly removed?: Read<FileAnswer> } =>
    removes === undefined ? {} : { removed: entry(removes) },

  check: ({ changed_when: changedWhen }, { removed }) => {
    if (removed?.exists === false) return []
    const maybe = changedWhen === undefined || changedWhen === true ? {} : { maybe: true }
    return [{ field: 'command', from: null, to: 'run', ...maybe }]
  },

  apply: ({ command, cwd, stdin }) => [exec({ command, cwd, stdin })],

  // Looking again proves something only where a path tells that the command has done its work.
  verify: ({ removes }) => (removes === undefined ? 'none' : 'now'),

  judge: ({ changed_when: changedWhen, failed_when: failedWhen }) => {
    if (changedWhen === undefined && failedWhen === undefined) return undefined
    return ([result]): Verdict => {
      if (result === undefined) return { failed: 'the command did not run', changed: false }
      const changed = typeof changedWhen === 'object' ? holds(changedWhen, result) : (changedWhen ?? true)
      const failed = failedWhen === undefined ? result.exit !== 0 : failedWhen !== false && holds(failedWhen, result)
      return failed ? { failed: `failed_when: ${lastWords(result)}`, changed } : { changed }
    }
  },

  outputs: (_args, [result]) =>
    result === undefined ? {} : { exit: result.exit, stdout: result.stdout, stderr: result.stderr },
})

const lastWords = ({ exit, stdout, stderr }: StepResult): string => {
  const words = (stderr.trim() || stdout.trim()).split('\n').at(-1) ?? ''
  return words === '' ? `exit ${exit}` : `exit ${exit}: ${words}`
}
