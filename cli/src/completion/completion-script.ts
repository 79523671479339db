import { readFileSync } from 'node:fs'
import { didYouMean, ProveError } from '@prove/core'
import { completedShells } from '../commands/completion.js'

/** The text that teaches a shell to complete Prove. Throws PRV_USAGE for another shell. */
export const completionScript = (shell: string): string => {
  if (!completedShells.some((known) => known === shell)) {
    const hint = didYouMean(shell, completedShells) ?? `it is one of ${completedShells.join(', ')}`
    throw new ProveError('PRV_USAGE', `there is no completion for "${shell}"`, { hint })
  }
  return readFileSync(new URL(`../../completion/prove.${shell}`, import.meta.url), 'utf8')
}
