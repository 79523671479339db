import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The list of the design decisions in a folder. */
export const decisionsPage = (folder) =>
  [
    '# Design decisions',
    'Why Prove is as it is: what was decided, and what was weighed. One page each.',
    readdirSync(folder)
      .filter((name) => /^\d+.*\.md$/.test(name))
      .sort()
      .map((name) => `- [${titleOf(readFileSync(join(folder, name), 'utf8'))}](./${name})`)
      .join('\n'),
    '',
  ].join('\n\n')

/** `# 6. The size of core` → `6. The size of core` */
const titleOf = (text) => /^# (.+)$/m.exec(text)?.[1] ?? ''
