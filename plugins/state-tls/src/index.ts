import { definePlugin } from '@prove/core'
import { ca } from './ca.js'
import { certificate } from './certificate.js'
import { csr } from './csr.js'
import { key } from './key.js'
import { tlsKind } from './reads/tls.js'
import { makeKind } from './steps/make.js'

export { ca, certificate, csr, key }

export default definePlugin({
  name: 'state-tls',
  core: '^0.1.0',
  states: [key, csr, certificate, ca],
  reads: [tlsKind],
  steps: [makeKind],
})
