import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Place, summaryOf, targetOf } from '../cli/prove.js'
import { root } from '../docs/copy-of-the-machine.js'
import { Lab, whyNoLab } from '../hosts/lab.js'
import { skipOrFail } from '../shells.js'

const example = join(root, 'examples/web-node')

/** The example, brought to a host as a reader would: only its address is another. */
describe('the example of a web node, on a host', () => {
  const missing = whyNoLab()
  if (missing !== undefined) return it('every case', (ctx) => skipOrFail(ctx, missing))
  const folder = mkdtempSync(join(tmpdir(), 'prove-web-node-'))
  const place = new Place()
  let lab: Lab
  beforeAll(async () => {
    lab = await Lab.open()
    await lab.boot(1)
    cpSync(example, place.folder, { recursive: true })
    const config = readFileSync(join(example, 'prove.config.yml'), 'utf8')
    const found = config.replace('192.0.2.10', lab.hosts[0]?.name ?? '')
    writeFileSync(
      place.path('prove.config.yml'),
      found.replace('# options: { user: admin }', `options: { config: ${lab.sshConfig} }`),
    )
  })
  afterAll(async () => {
    await lab?.close()
    place.remove()
    rmSync(folder, { recursive: true, force: true })
  })
  const onHost = (script: string): Promise<string> => lab.hosts[0]?.run(script) ?? Promise.reject(new Error('no host'))

  it('compiles without any host', async () => {
    expect((await place.prove(['check'])).exit).toBe(0)
  })

  it('is planned without a false error, and applied', async () => {
    const plan = await place.prove(['plan', '-o', 'json'])
    expect(plan.exit, plan.stdout).toBe(0)
    const applied = await place.prove(['apply', '-o', 'json'])
    expect(targetOf(applied, 'web1').outcome, applied.stdout).toBe('changed')
  })

  it('then nothing changes, in a few round trips', async () => {
    // Facts, which nothing remembers here, and all that is asked.
    const again = await place.prove(['apply', '-o', 'json'])
    expect(targetOf(again, 'web1')).toMatchObject({ outcome: 'ok', changed: 0, roundTrips: 2 })
    expect(summaryOf(await place.prove(['plan', '-o', 'json'])).exit).toBe(0)
  })

  it('serves its page with TLS, sends everybody there, and keeps what is not of it away', async () => {
    const ask = `curl -sS --cacert /etc/nginx/tls/site.pem --resolve www.example.org:443:127.0.0.1`
    expect(await onHost(`${ask} https://www.example.org/`)).toContain('kept by Prove')
    expect(await onHost(`${ask} -D - -o /dev/null https://www.example.org/`)).toMatch(
      /x-content-type-options: nosniff/i,
    )
    const sent = `curl -sS -o /dev/null -w '%{http_code}' -H 'Host: www.example.org' http://127.0.0.1/`
    expect(await onHost(sent)).toBe('301')
  })

  it('has a cache with a limit, people with rights, and a job', async () => {
    expect(await onHost('redis-cli config get maxmemory')).toContain('67108864')
    expect(await onHost('id -nG alice')).toContain('team')
    expect(await onHost(`su alice -c 'sudo -n /usr/bin/systemctl reload nginx && echo reloaded'`)).toContain('reloaded')
    await expect(onHost(`su alice -c 'sudo -n /usr/bin/id'`)).rejects.toThrow()
    expect(await onHost('crontab -l -u root')).toContain('30 3 * * * tar -czf')
    await onHost(
      `sh -c "$(crontab -l -u root | sed -n 's/^30 3 . . . //p' | sed 's/\\\\%/%/g')"; ls /var/backups/www/*.tar.gz`,
    )
  })

  it('heals what somebody has undone', async () => {
    await onHost('systemctl stop redis-server; rm /etc/nginx/tls/site.pem; gpasswd -d bob team')
    const healed = await place.prove(['apply', '-o', 'json'])
    expect(targetOf(healed, 'web1').outcome, healed.stdout).toBe('changed')
    expect(await onHost('systemctl is-active redis-server')).toBe('active\n')
    expect(await onHost('id -nG bob')).toContain('team')
    expect(targetOf(await place.prove(['apply', '-o', 'json']), 'web1').outcome).toBe('ok')
  })
})
