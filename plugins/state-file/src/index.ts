import { definePlugin } from '@prove/core'
import { absent } from './absent.js'
import { block } from './block.js'
import { directory } from './directory.js'
import { line } from './line.js'
import { link } from './link.js'
import { managed } from './managed.js'
import { replace } from './replace.js'
import { env } from './values/env.js'
import { ini } from './values/ini.js'
import { json } from './values/json.js'
import { toml } from './values/toml.js'
import { yaml } from './values/yaml.js'

export { absent, block, directory, env, ini, json, line, link, managed, replace, toml, yaml }

export default definePlugin({
  name: 'state-file',
  core: '^0.1.0',
  states: [managed, line, block, replace, ini, json, yaml, toml, env, directory, link, absent],
})
