import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed, repository } from '@prove/state-pkg'
import { hostCases } from '../hosts/host-cases.js'

const page = readFileSync(join(import.meta.dirname, '../../docs/packages.md'), 'utf8')

/** What the page names is there: a package file, a repository, and something to remove and to upgrade. */
const host = [
  ...[installed, repository].flatMap(({ examples = [] }) => examples.flatMap((example) => example.host ?? [])),
  'apt-get -qq install cron >/dev/null 2>&1; touch -d "2 days ago" /var/lib/apt/lists',
].map((text) => `(\n${text})`)

hostCases(
  'the page on packages',
  [...page.matchAll(/```yml\n([^]*?)```/g)].map(([, states = ''], i) => ({
    title: `example ${i + 1}: ${states.split('\n')[0] ?? ''}`,
    states,
    before: host.join('\n'),
  })),
  { fresh: true },
)
