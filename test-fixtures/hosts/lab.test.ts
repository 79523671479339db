import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { skipOrFail } from '../shells.js'
import { command } from './command.js'
import { Lab, whyNoLab } from './lab.js'

const reason = whyNoLab()

if (reason === undefined) {
  describe('the lab', () => {
    let lab: Lab
    beforeAll(async () => {
      lab = await Lab.open()
      await lab.boot(2)
    })
    afterAll(() => lab.close())

    const ssh = (host: string, script: string): Promise<string> => command('ssh', ['-F', lab.sshConfig, host, script])
    const hostAt = (index: number) => lab.hosts[index] ?? expect.fail('a host is missing')

    it('has hosts of their own name, address and init, that ssh reaches', async () => {
      expect(await ssh('h2', 'hostname; cat /proc/1/comm; hostname -I')).toBe(`h2\nsystemd\n${hostAt(1).address} \n`)
      expect(await hostAt(1).run('systemctl is-system-running --wait || :')).toMatch(/^(running|degraded)\n$/)
    })

    it('has hosts that reach this machine and each other, and nothing else', async () => {
      const script = `for a in ${lab.controller} ${hostAt(0).address} 192.0.2.1; do ip -o route get $a >/dev/null 2>&1 && echo yes || echo no; done`
      expect(await hostAt(1).run(script)).toBe('yes\nyes\nno\n')
    })

    it('installs packages from a repository inside of the hosts', async () => {
      await hostAt(0).run('DEBIAN_FRONTEND=noninteractive apt-get -qq -y install nginx-light >/dev/null')
      expect(await hostAt(0).run('systemctl is-active nginx')).toBe('active\n')
    })

    it('takes back what was done to a host', async () => {
      const host = hostAt(0)
      await host.run('touch /etc/mark; rm /bin/true')
      const before = await host.run('cat /etc/machine-id')
      await host.reset()
      expect(existsSync(join(host.root, 'etc/mark'))).toBe(false)
      expect(await ssh('h1', 'true; cat /etc/machine-id')).not.toBe(before)
    })

    it('boots a host again that asks for it, with what it had', async () => {
      const host = hostAt(0)
      await host.run('touch /etc/mark')
      const boot = await host.run('cat /proc/1/stat')
      await Promise.all([host.rebooted(), host.run('systemctl reboot')])
      expect(await host.run('cat /proc/1/stat')).not.toBe(boot)
      expect(existsSync(join(host.root, 'etc/mark'))).toBe(true)
    })

    it('loses what is sent to a host whose cable is out, until it is back', async () => {
      const host = hostAt(0)
      const socket = connect(22, host.address)
      const banner = () => new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())))
      expect(await banner()).toMatch(/^SSH-2.0-/)
      await host.cut()
      const answered = banner()
      socket.write('SSH-2.0-test\r\n')
      const other = await ssh('h2', 'echo still here')
      expect(await Promise.race([answered, Promise.resolve(other)])).toBe('still here\n')
      await host.restore()
      expect((await answered).length).toBeGreaterThan(0)
      socket.destroy()
    })

    it('makes the way to the hosts as long, and as bad, as asked, under open connections', async () => {
      const socket = connect(22, hostAt(0).address)
      const answers = () => new Promise<Buffer>((resolve) => socket.once('data', resolve))
      await answers()
      await lab.link({ roundTrip: 40, loss: 5 })
      const started = performance.now()
      socket.write('SSH-2.0-test\r\n')
      await answers()
      // A delay cannot be cut short by a busy machine: this is what the line does, and not how fast it is.
      expect(performance.now() - started).toBeGreaterThanOrEqual(40)
      socket.destroy()
      const report = await hostAt(0).run(`ping -q -i 0.002 -c 400 ${lab.controller} || :`)
      const lost = /(\d+)[\d.]*% packet loss/.exec(report)?.[1]
      expect(Number(lost)).toBeGreaterThan(2)
      expect(Number(lost)).toBeLessThan(25)
      await lab.link({})
      expect(await ssh('h1', 'echo back')).toBe('back\n')
    })
  })
} else {
  it('the lab has hosts', (ctx) => skipOrFail(ctx, reason))
}
