import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './find-program.js'

/** A real sshd on loopback that lets the user of the tests in by a key of its own. */
export class Sshd {
  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  readonly host = '127.0.0.1'
  readonly user = userInfo().username

  get pid(): number {
    return this.child.pid ?? 0
  }

  get identity(): string {
    return join(this.folder, 'user')
  }

  get knownHosts(): string {
    return join(this.folder, 'known_hosts')
  }

  /** Options of an executor that lead to it. */
  get options() {
    const { user, port, identity, knownHosts } = this
    return { user, port, identity, knownHosts, config: '/dev/null', connectTimeout: 5 }
  }

  /** `settings` are further lines of its configuration. */
  static async start(settings: readonly string[] = []): Promise<Sshd> {
    const program = findSshd()
    if (program === undefined) throw new Error(whySshdIsMissing())
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prove-sshd-')))
    const port = await freePort()
    // Where an init has not made it: sshd wants an empty folder to be confined to.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    for (const name of ['host', 'user']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'prove', '-f', join(folder, name)])
    }
    const publicKey = (name: string): string => readFileSync(join(folder, `${name}.pub`), 'utf8')
    writeFileSync(join(folder, 'authorized_keys'), publicKey('user'))
    writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${port} ${publicKey('host')}`)
    const config = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'MaxStartups 100',
      ...settings,
    ]
    writeFileSync(join(folder, 'sshd_config'), `${config.join('\n')}\n`)
    const child = spawn(program, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await listening(child)
    return new Sshd(folder, port, child)
  }

  /** Ends it, and the logins that are left. */
  stop(): void {
    this.child.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const findSshd = (): string | undefined => findProgram('sshd') ?? findProgram('../sbin/sshd')

/** Undefined where it is not. */
export const whySshdIsMissing = (): string | undefined =>
  findSshd() === undefined ? 'sshd is not installed' : undefined

const listening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8')
      if (said.includes('Server listening')) resolve()
    })
    child.once('close', () => reject(new Error(`sshd ended: ${said}`)))
  })

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
