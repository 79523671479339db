import { transportSuite } from '@prove/core/testing'
import { acmeTransport } from './acme-transport.js'

transportSuite(acmeTransport, {
  address: () => 'acme://127.0.0.1:0',
  malformed: ['acme://', 'acme://127.0.0.1', 'acme://127.0.0.1:99999', 'http://127.0.0.1:80', '127.0.0.1:80'],
})
