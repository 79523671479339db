import { expect, it } from 'vitest'
import { serviceName, unitOf } from './service-name.js'

const name = serviceName('A service.')

it.each([
  ['nginx', 'nginx.service'],
  ['nginx.service', 'nginx.service'],
  ['worker@1', 'worker@1.service'],
  ['worker@1.service', 'worker@1.service'],
  ['app.socket', 'app.socket'],
  ['backup.timer', 'backup.timer'],
  ['srv-data.mount', 'srv-data.mount'],
  ['php8.2-fpm', 'php8.2-fpm.service'],
  [String.raw`systemd-fsck@dev-disk-by\x2duuid-1`, String.raw`systemd-fsck@dev-disk-by\x2duuid-1.service`],
])('takes %s for %s', (written, unit) => expect(unitOf(name.parse(written))).toBe(unit))

it.each([
  '',
  'two words',
  'it"s',
  "it's",
  'a\nb',
  '-h',
  '--now',
  'größe',
  '../x',
  'a/b',
  'worker@',
  'worker@.service',
  'x'.repeat(300),
  'a;b',
  '*',
  'a$b',
])('refuses %j', (written) => expect(name.safeParse(written).success).toBe(false))
