import { definePlugin } from '@prove/core'
import { ansibleInventory } from './ansible-inventory.js'

export { ansibleInventory }

/** The plugin that lets Prove take targets and groups from Ansible's inventories. */
export default definePlugin({ name: 'inventory-ansible', core: '^0.1.0', inventories: [ansibleInventory] })
