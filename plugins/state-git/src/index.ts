import { definePlugin } from '@prove/core'
import { checkout } from './checkout.js'
import { checkoutKind } from './reads/checkout.js'

export { checkout }

export default definePlugin({ name: 'state-git', core: '^0.1.0', states: [checkout], reads: [checkoutKind] })
