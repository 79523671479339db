import { type Executor, path, spawnStream, z } from '@prove/core'

const options = {
  folder: path('The folder that the shell begins in, and its home.').default('/tmp'),
  environment: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Environment of the shell, beside PATH and HOME. Nothing of ours is handed on.' }),
  via: z
    .array(z.string())
    .default([])
    .meta({ description: 'Words in front of the shell, such as [chroot, /srv/root] or [docker, exec, -i, web].' }),
}

/**
 * Opens a shell on this machine with an environment and a folder of its own. Its whole duty is to run one command line under a shell
 * and to hand over the stream; what Prove does there it does over that stream.
 */
export const acmeExecutor: Executor<typeof options> = {
  name: 'acme',
  about: 'A shell of this machine with a clean environment, or behind another program.',
  // All its targets share this machine: runs that change it come one after the other.
  oneMachine: true,
  options,

  open: ({ folder, environment, via }, command) =>
    spawnStream([...via, 'sh', '-c', command], {
      cwd: folder,
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, ...environment },
      hint: 'check the options "folder" and "via" of the target',
    }),
}
