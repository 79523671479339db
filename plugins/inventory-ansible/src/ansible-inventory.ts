import { type InventoryFormat, SourceText } from '@prove/core'
import { notationOf } from './notation.js'
import { readIni } from './read-ini.js'
import { readJson } from './read-json.js'
import { readYaml } from './read-yaml.js'
import { toLoaded } from './to-loaded.js'

const readers = { ini: readIni, yaml: readYaml, json: readJson }

/**
 * Ansible's inventories: INI and YAML files, and the JSON that dynamic ones print for `--list`. Variables that say how to
 * reach a host become its host, executor, options and elevation; passwords are left out; all others stay as they are.
 */
export const ansibleInventory: InventoryFormat = {
  name: 'ansible',
  read(file, text) {
    const source = new SourceText(file, text, 'PRV_INVENTORY_SYNTAX')
    return toLoaded(source, readers[notationOf(file, source.text)](source))
  },
}
