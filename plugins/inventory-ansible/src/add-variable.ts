import type { SourceText } from '@prove/core'
import { isConnectionSecret } from './connection-names.js'
import type { Placed } from './placed.js'

/** Keeps a variable of YAML or JSON. One that Ansible Vault encrypts is refused: left out, another layer's value would win unseen. */
export const addVariable = (source: SourceText, variables: Map<string, Placed>, name: string, value: Placed): void => {
  const { encryptedAt } = value.node
  if (encryptedAt !== undefined && !isConnectionSecret(name)) {
    const hint = 'move it to a file of group_vars or host_vars, and give it to Prove as a secret of its own'
    throw source.error(`Prove cannot read the variable "${name}": Ansible Vault encrypts it`, encryptedAt, hint)
  }
  variables.set(name, value)
}
