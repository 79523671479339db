import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostCases } from '../hosts/host-cases.js'

const page = readFileSync(join(import.meta.dirname, '../../docs/services.md'), 'utf8')
const blocks = [...page.matchAll(/```yaml \[.*\]\n([^]*?)```/g)].map(([, text = '']) => text)

// In their order on the page, on one host that has nginx.
hostCases(
  'the page on services',
  blocks.map((states, i) => ({
    title: `example ${i + 1}: ${states.split(':')[0]}`,
    states,
    ...(i === 0 ? { before: 'apt-get -qq -y install nginx-light >/dev/null; systemctl -q disable --now nginx' } : {}),
  })),
)
