/** Variables that say how to reach a host, each with its older names; of several that are set, the last one counts. */
export const connectionNames = {
  host: ['ansible_host', 'ansible_ssh_host'],
  port: ['ansible_port', 'ansible_ssh_port'],
  user: ['ansible_user', 'ansible_ssh_user'],
  identityFile: ['ansible_private_key_file', 'ansible_ssh_private_key_file'],
  connection: ['ansible_connection'],
  become: ['ansible_become'],
  becomeMethod: ['ansible_become_method'],
  becomeUser: ['ansible_become_user'],
} as const

export type ConnectionName = keyof typeof connectionNames

/** Orders groups of one depth; says nothing about hosts. */
export const priorityName = 'ansible_group_priority'

const consumed = new Set<string>([...Object.values(connectionNames).flat(), priorityName])

/** True for what would let others in: it is in no variable of Prove. */
export const isConnectionSecret = (name: string): boolean =>
  /^ansible_\w*(?:pass|passwd|password|passphrase|secret|token|private_key)$/i.test(name)

/** True for a variable that stays one: that neither says how to reach a host nor is a password for that. */
export const isOrdinary = (name: string): boolean => !consumed.has(name) && !isConnectionSecret(name)
