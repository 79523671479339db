import { transportSuite } from '@prove/core/testing'
import { sampleTransport } from './sample-transport.js'

transportSuite(sampleTransport, {
  address: () => 'sample://127.0.0.1:0',
  malformed: ['sample://', 'sample://127.0.0.1', 'sample://127.0.0.1:99999', 'http://127.0.0.1:80', '127.0.0.1:80'],
})
