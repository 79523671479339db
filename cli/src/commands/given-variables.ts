import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { GivenVariables } from '@prove/catalog'
import { ProveError } from '@prove/core'
import type { VariableFlags } from './options.js'

/** The variables of the command line. Throws PRV_USAGE for a file that is not there. */
export const givenVariables = ({ var: values, varFile }: VariableFlags): GivenVariables => {
  for (const file of varFile) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) continue
    throw new ProveError('PRV_USAGE', `there is no file "${file}"`, {
      hint: 'name a file of variables, such as: --var-file production.yml',
    })
  }
  return { files: varFile.map((file) => resolve(file)), values }
}
