import type { ListenOptions, Server } from 'node:net'

/** Resolves when the server listens; rejects with what the system says. Later errors of it are not heard: they end no connection. */
export const listening = (server: Server, where: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(where, resolve)
  })
