import { executorSuite } from '@prove/core/testing'
import { localExecutor } from './local-executor.js'

executorSuite(localExecutor, {
  options: {},
  unreachable: {
    'a missing shell': { shell: '/nonexistent/sh' },
    'a shell that ends at once': { shell: '/bin/false' },
  },
})
