import { spawn } from 'node:child_process'
import type { ByteStream, Executor } from '@prove/core'
import { ProveError, z } from '@prove/core'

const options = {
  shell: z.string().default('/bin/sh').meta({ description: 'The shell that runs the command line.' }),
  env: z.record(z.string(), z.string()).optional().meta({ description: 'Environment to use in place of our own.' }),
}

/** Runs a shell on this machine, in a session of its own, so that Ctrl-C in the terminal does not reach it. */
export const localExecutor: Executor<typeof options> = {
  name: 'local',
  about: 'This machine.',
  oneMachine: true,
  options,
  open: ({ shell, env }, command) =>
    new Promise((resolve, reject) => {
      const [program = '/bin/sh', ...words] = shell.split(' ')
      const child = spawn(program, [...words, '-c', command], {
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
        env: env ?? process.env,
      })
      child.once('error', (error) => {
        reject(
          new ProveError('PRV_TARGET_UNREACHABLE', `cannot start "${shell}": ${error.message}`, {
            hint: 'check the "shell" option of the target',
          }),
        )
      })
      child.once('spawn', () => resolve(streamOf(child)))
    }),
}

type Child = ReturnType<typeof spawn>

const streamOf = (child: Child): ByteStream => {
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('the shell was started without pipes')
  // A shell that ends while we write is told by its close, with the reason.
  stdin.on('error', () => {})
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stdin.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    end: () => stdin.end(),
    onData: (listener) => stdout.on('data', listener),
    onNotice: (listener) => stderr.on('data', listener),
    onClose: (listener) =>
      child.once('close', (code, signal) => {
        listener(code === 0 ? undefined : `the shell ended with ${signal ?? `status ${code}`}`, code ?? undefined)
      }),
    destroy: () => {
      stdin.destroy()
      stdout.destroy()
      stderr.destroy()
    },
  }
}
