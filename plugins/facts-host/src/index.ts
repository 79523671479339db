import { definePlugin } from '@prove/core'
import { disksSource } from './disks.js'
import { hostSource } from './host.js'
import { localSource } from './local.js'
import { nameSource } from './name.js'
import { networkSource } from './network.js'
import { usersSource } from './users.js'

export default definePlugin({
  name: 'facts-host',
  core: '^0.1.0',
  facts: [hostSource, networkSource, localSource, nameSource, disksSource, usersSource],
})
