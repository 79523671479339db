import { executorSuite } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { acmeExecutor } from './acme-executor.js'

executorSuite(acmeExecutor, {
  options: { folder: '/tmp', environment: { GREETING: 'yes' } },
  unreachable: {
    'a missing folder': { folder: '/nonexistent' },
    'a missing program': { via: ['/nonexistent/program'] },
    'a program that has no shell to offer': { via: ['false'] },
  },
})

it('hands on nothing of our own environment', async () => {
  process.env['PROVE_SECRET'] = 'must stay here'
  const environment = { GREETING: 'yes' }
  const stream = await acmeExecutor.open({ folder: '/tmp', environment, via: [] }, 'env', {
    target: 'web1',
    host: 'web1',
  })
  let printed = ''
  stream.onData((bytes) => {
    printed += bytes.toString('utf8')
  })
  stream.onNotice(() => undefined)
  stream.end()
  await new Promise<void>((resolve) => stream.onClose(() => resolve()))
  expect(printed).toContain('GREETING=yes\n')
  expect(printed).not.toContain('PROVE_SECRET')
})
