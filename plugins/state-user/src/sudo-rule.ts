import { type BlobArgument, blocked, defineState, makeBlob, text, z } from '@prove/core'
import { type SeenWholeFile, wholeFileChanges, wholeFileReads, wholeFileSteps } from '@prove/core/files'
import { sudoRuleExamples } from './examples.js'
import { ruleText } from './sudoers.js'

const directory = '/etc/sudoers.d'

/** Its first two lines say what is wrong and show where. */
const validate = 'e=$(visudo -c -f %s 2>&1) || { echo "$e" | head -n 2 >&2; exit 1; }'

const word = (expected: string): z.ZodString => z.string().regex(/^[^\s#()=:,!-][^\n#()=:,]*$/, expected)

interface Given {
  readonly name: string
  readonly user?: string | readonly string[] | undefined
  readonly content?: BlobArgument | undefined
  readonly absent?: boolean | undefined
}

/** What is declared of the file: all of it, owner and mode as sudo wants them, checked before sudo sees it. */
const fileOf = ({ user, content, ...given }: Given) => {
  const above = content?.text ?? ''
  const gap = above === '' || above.endsWith('\n') ? '' : '\n'
  const rule = user === undefined ? '' : ruleText({ ...given, user })
  return {
    path: `${directory}/${given.name}`,
    blob: makeBlob(`${above}${gap}${rule}`),
    owner: 'root',
    group: 'root',
    mode: '0440',
    validate,
  }
}

/** Keep a rule of sudo. */
export const sudoRule = defineState({
  name: 'sudo.rule',
  about: 'Keep a file of rules for sudo.',
  details: `The file is \`/etc/sudoers.d/NAME\`. \`visudo\` reads the new one before it takes effect: what it refuses changes nothing, and
its words are the reason of the failure.

\`content\` is for what the other arguments cannot say, such as aliases and \`Defaults\`; it comes first. In \`commands\` the
characters \`,\`, \`:\` and \`=\` mean themselves.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^[^\s./~-][^\s./~]*$/, 'expected a name without ".", "~", "/" and blanks: sudo passes over such files')
      .meta({ description: 'The name of the file.' }),
    user: z
      .union([
        word('expected a user, or a group as "%name"'),
        z.array(word('expected a user, or a group as "%name"')).min(1),
      ])
      .optional()
      .meta({ description: 'Who may, a user or a group as `%name`, or several.' }),
    hosts: z
      .array(word('expected the name of a host'))
      .min(1)
      .optional()
      .meta({ description: 'On which hosts; on all unless given.' }),
    as: z
      .string()
      .regex(/^[^\s#()=,]*(?::[^\s#()=,:]+)?$/, 'expected USER, or USER:GROUP')
      .optional()
      .meta({ description: 'As whom, USER or USER:GROUP; as anybody unless given.' }),
    commands: z
      .array(z.string().regex(/^[^\s#][^\n#]*$/, 'expected a command with the path of its program'))
      .min(1)
      .optional()
      .meta({ description: 'Which commands, each with the path of its program; all unless given.' }),
    nopasswd: z.boolean().optional().meta({ description: 'No password is asked for.' }),
    setenv: z.boolean().optional().meta({ description: 'They may set environment variables.' }),
    content: text('Lines of sudoers, as they are.').optional(),
    absent: z.boolean().optional().meta({ description: 'There is no such file.' }),
  },
  examples: sudoRuleExamples,

  owns: ({ name, absent }) => (absent === true ? undefined : `${directory}/${name}`),
  conflict: ({ user, content, absent, hosts, as: whom, commands, nopasswd, setenv }) => {
    const more = [hosts, whom, commands, nopasswd, setenv].some((value) => value !== undefined)
    if (absent === true)
      return user !== undefined || content !== undefined || more ? '"absent" excludes all but "name"' : undefined
    if (user === undefined && more) return 'the argument "user" is missing'
    return user === undefined && content === undefined ? '"user" or "content" is needed' : undefined
  },

  reads: (given, seen: Partial<SeenWholeFile>) => {
    const { path, ...file } = fileOf(given)
    return wholeFileReads(given.absent === true ? { path } : { path, ...file }, seen)
  },

  check: (given, seen) => {
    const { now } = seen
    if (given.absent !== true) {
      if (now.parent !== 'directory') return blocked(`there is no directory "${directory}": sudo is not installed`)
      return wholeFileChanges(fileOf(given), seen)
    }
    if (now.type === 'absent') return []
    if (now.type === 'directory') return blocked(`"${directory}/${given.name}" is a directory`)
    if (!now.writable) return blocked(`this user may not remove "${directory}/${given.name}"`)
    return [{ field: 'type', from: now.type, to: null }]
  },

  apply: (given, seen) =>
    given.absent === true
      ? [{ kind: 'file.remove' as const, path: `${directory}/${given.name}` }]
      : wholeFileSteps(fileOf(given), seen),
})
