// The certificate story, in a folder of its own that is removed first: plan, apply, apply again, and apply once more after
// the certificate was lost.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const prove = join(here, '../../cli/bin/prove.js')
const folder = '/tmp/prove-certificate'

const run = (command) => {
  console.log(`\n$ prove ${command} site.yml`)
  const { status } = spawnSync(process.execPath, [prove, command, 'site.yml'], { cwd: here, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(folder, { recursive: true, force: true })
run('plan')
run('apply')
run('apply')
console.log(`\n$ rm ${folder}/blog.pem`)
rmSync(`${folder}/blog.pem`)
run('apply')
console.log(`\n$ cat ${folder}/served.log\n${readFileSync(`${folder}/served.log`, 'utf8')}`)
