import { coreVersion, ProveError, quote } from '@prove/core'
import { standardPreset } from '../shipped-plugins.js'
import { parsePluginKind } from './parse-plugin-kind.js'
import { pluginName } from './plugin-name.js'
import { pluginFiles } from './plugin-files.js'
import { readTemplate } from './read-template.js'
import { writeNew } from './write-new.js'

/** `prove plugin new KIND NAME`. */
export interface NewPluginCall {
  /** As typed. */
  readonly kind: string
  /** As typed: `redis`, `prove-state-redis`, `@acme/redis`. */
  readonly name: string
  /** Where to make it; default a folder here with the package's name. */
  readonly folder?: string | undefined
}

/** Makes the package of a new plugin, whose tests pass at once. Throws PRV_USAGE and PRV_PLUGIN_FOLDER. */
export const newPlugin = async (call: NewPluginCall, print: (text: string) => void): Promise<number> => {
  const kind = parsePluginKind(call.kind)
  const name = pluginName(kind, call.name)
  const shipped = `@prove/${kind}-${name.short}`
  if (standardPreset.includes(shipped)) {
    throw new ProveError('PRV_USAGE', `"${shipped}" comes with Prove`, { hint: 'choose another name' })
  }
  const folder = call.folder ?? name.folder
  for (const path of writeNew(folder, pluginFiles(kind, name, readTemplate(kind), coreVersion)))
    print(`wrote  ${path}\n`)
  print(`\nnext:  cd ${shellWord(folder)} && npm install && npm test\n`)
  return 0
}

const shellWord = (text: string): string => (/^[\w./@-]+$/.test(text) ? text : quote(text))
