#!/usr/bin/env node
// The ssh program with a witness: how often somebody waited for an answer is written to $PROVE_TRIPS when it ends. What the other
// side says is held up, so that all that is sent without waiting has gone before it.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const heldUp = 100
const ssh = spawn('ssh', process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] })
let trips = 0
let isAnswered = false

process.stdin.on('data', (bytes) => {
  if (isAnswered) trips += 1
  isAnswered = false
  ssh.stdin.write(bytes)
})
process.stdin.on('end', () => ssh.stdin.end())
ssh.stdin.on('error', () => undefined)

let last = Promise.resolve()
ssh.stdout.on('data', (bytes) => {
  last = last
    .then(() => new Promise((resume) => setTimeout(resume, heldUp)))
    .then(() => {
      isAnswered = true
      process.stdout.write(bytes)
    })
})
ssh.on('close', async (code) => {
  await last
  writeFileSync(process.env.PROVE_TRIPS ?? '/dev/null', String(trips))
  process.exit(code ?? 255)
})
