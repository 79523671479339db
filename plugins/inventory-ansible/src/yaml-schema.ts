import {
  defineScalarTag,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  JSON_SCHEMA,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
} from 'js-yaml'

// Ansible's YAML knows yes, no, on and off, but not the y and n that YAML 1.1 had.
const bool = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  resolve: (text) => {
    if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true
    return /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text) ? false : NOT_RESOLVED
  },
  identify: () => false,
})

const unsafe = defineScalarTag<string>('!unsafe', { resolve: (text) => text, identify: () => false })

/** Values of this tag are never used: who meets one leaves it out or refuses it. */
export const vaultTag = '!vault'
const vault = defineScalarTag<null>(vaultTag, { resolve: () => null, identify: () => false })

/** YAML as Ansible reads it: version 1.1, with dates as text, and with its own tags. */
export const ansibleSchema = FAILSAFE_SCHEMA.withTags(
  nullYaml11Tag,
  bool,
  intYaml11Tag,
  floatYaml11Tag,
  mergeTag,
  unsafe,
  vault,
)

export const jsonSchema = JSON_SCHEMA
