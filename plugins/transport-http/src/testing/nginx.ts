import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Nginx {
  /** What it logged of requests so far: `METHOD status` a line. */
  requests(): readonly string[]
  stop(): Promise<void>
}

/** A port that nobody listens at just now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** The program, with what belongs into its block `http`, once it listens at `port`. `files` are written beside its configuration. */
export const startNginx = async (
  port: number,
  http: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Nginx> => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-nginx-'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  log_format short '$request_method $status';
  access_log ${folder}/access.log short;
  ${http}
}
`,
  )
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  let isOver = false
  const over = once(child, 'close').then(() => (isOver = true))
  while (!(await answers(port))) if (isOver) throw new Error(`nginx did not start: ${said}`)
  return {
    requests: () => readFileSync(join(folder, 'access.log'), 'utf8').split('\n').filter(Boolean),
    stop: async () => {
      child.kill('SIGTERM')
      await over
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A server at `port` that leads `/PORT/path` to the listener at that port of this machine. */
export const leadingServer = (port: number, extra: string): string => `
  server {
    listen 127.0.0.1:${port};
    location ~ ^/(?<behind>\\d+)/ {
      rewrite ^/\\d+(/.*)$ $1 break;
      proxy_pass http://127.0.0.1:$behind;
      ${extra}
    }
  }`
