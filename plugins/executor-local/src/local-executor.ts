import { type Executor, spawnStream, z } from '@prove/core'

const options = {
  shell: z.string().default('/bin/sh').meta({ description: 'The shell that runs the command line.' }),
  env: z.record(z.string(), z.string()).optional().meta({ description: 'Environment to use in place of our own.' }),
}

/** Runs a shell on this machine. */
export const localExecutor: Executor<typeof options> = {
  name: 'local',
  about: 'This machine.',
  oneMachine: true,
  options,
  open: ({ shell, env }, command) =>
    spawnStream([...shell.split(' '), '-c', command], { env, hint: 'check the "shell" option of the target' }),
}
