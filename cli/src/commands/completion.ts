import { defineCommand } from './command.js'

export const completedShells = ['bash', 'zsh', 'fish'] as const

export const completionCommand = defineCommand({
  name: 'completion',
  about: 'Print what teaches your shell to complete commands, options, targets and states with the Tab key.',
  heading: 'Set up',
  arguments: [{ words: '<shell>', about: 'bash, zsh or fish', completes: completedShells }],
  options: [],
  examples: [
    { line: 'source <(prove completion bash)', about: 'as a line of ~/.bashrc' },
    { line: 'source <(prove completion zsh)', about: 'as a line of ~/.zshrc, below compinit' },
    { line: 'prove completion fish | source', about: 'as a line of ~/.config/fish/config.fish' },
  ],
  notes: `The script completes "provectl" as well. Where another program is called "prove", such as that of
perl, write "provectl" in those lines.`,
  run: async ([shell], _flags, { print }) => {
    const { completionScript } = await import('../completion/completion-script.js')
    print(completionScript(shell as string))
    return 0
  },
})
