/** Who may do what, as the arguments of `sudo.rule` say it. */
export interface Rule {
  readonly user: string | readonly string[]
  readonly hosts?: readonly string[] | undefined
  readonly as?: string | undefined
  readonly commands?: readonly string[] | undefined
  readonly nopasswd?: boolean | undefined
  readonly setenv?: boolean | undefined
}

const list = (words: string | readonly string[]): string => (typeof words === 'string' ? words : words.join(', '))

/** In a command `,`, `:` and `=` mean themselves only behind a backslash; one that is there already is enough. */
const commandText = (command: string): string => {
  const [digest = ''] = /^(?:sha(?:224|256|384|512):\S+\s+)?/.exec(command) ?? []
  return (
    digest + command.slice(digest.length).replaceAll(/\\.|[,:=]/g, (found) => (found.length > 1 ? found : `\\${found}`))
  )
}

/** A blank in a name means itself only in quotes. */
const userText = (user: string): string =>
  /[\s"\\,:=!()]/.test(user) ? `"${user.replaceAll(/["\\]/g, String.raw`\$&`)}"` : user

/** One line of sudoers. */
export const ruleText = ({
  user,
  hosts = ['ALL'],
  as: whom = 'ALL',
  commands = ['ALL'],
  nopasswd,
  setenv,
}: Rule): string => {
  const users = (typeof user === 'string' ? [user] : user).map(userText)
  const tags = `${nopasswd === true ? 'NOPASSWD: ' : ''}${setenv === true ? 'SETENV: ' : ''}`
  return `${list(users)} ${list(hosts)} = (${whom}) ${tags}${commands.map(commandText).join(', ')}\n`
}
