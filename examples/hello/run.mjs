// Plans, applies and applies again, in a folder of its own that is removed first.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const prove = join(here, '../../cli/bin/prove.js')

rmSync('/tmp/prove-hello', { recursive: true, force: true })
for (const command of ['plan', 'apply', 'apply']) {
  console.log(`\n$ prove ${command} site.yml`)
  const { status } = spawnSync(process.execPath, [prove, command, 'site.yml'], { cwd: here, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
