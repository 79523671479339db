import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean, ProveError } from '@prove/core'
import { completedShells } from '../commands/completion.js'
import { packageFolder } from '../package-folder.js'

/** The text that teaches a shell to complete Prove. Throws PRV_USAGE for another shell. */
export const completionScript = (shell: string): string => {
  if (!completedShells.some((known) => known === shell)) {
    const hint = didYouMean(shell, completedShells) ?? `it is one of ${completedShells.join(', ')}`
    throw new ProveError('PRV_USAGE', `there is no completion for "${shell}"`, { hint })
  }
  return readFileSync(join(packageFolder, 'completion', `prove.${shell}`), 'utf8')
}
