import { definePlugin } from '@prove/core'
import { absent } from './absent.js'
import { directory } from './directory.js'
import { link } from './link.js'
import { managed } from './managed.js'

export { absent, directory, link, managed }

export default definePlugin({ name: 'state-file', core: '^0.1.0', states: [absent, directory, link, managed] })
