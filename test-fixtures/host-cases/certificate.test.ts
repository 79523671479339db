import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostCases } from '../hosts/host-cases.js'
import { whyNoLab } from '../hosts/lab.js'
import { ManagedHost, type Told } from '../hosts/managed-host.js'
import { skipOrFail } from '../shells.js'

const textOf = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')
const exampleOf = (name: string): string => textOf(`examples/web-server/${name}.yml`)

const catalog = { states: exampleOf('site') }

/** The states with this outcome, in order, without their file. */
const those = ({ lines }: Told, ...outcomes: readonly string[]): readonly string[] =>
  lines.filter(({ outcome }) => outcomes.includes(outcome)).map(({ state }) => state.slice(state.indexOf(':') + 1))

/** The states that the page shows as changed, output by output. */
const shown: readonly (readonly string[])[] = [...textOf('docs/nginx.md').matchAll(/```text\n([^]*?)```/g)]
  .map(([, text = '']) => [...text.matchAll(/~ changed +site:(\S+)/g)].map(([, state = '']) => state))
  .filter((states) => states.length > 0)

const story = ['vhost', 'reload', 'certificate', 'vhost', 'reload']
const pem = '/etc/nginx/tls/blog.pem'

const handshake = `openssl s_client -connect 127.0.0.1:443 -servername blog.example -verify_hostname blog.example -verify_return_error -CAfile ${pem} </dev/null 2>/dev/null`

/** Comes to hold: workers of before a reload still answer for a moment. */
const soon = (check: string): string => `for i in $(seq 400); do ${check} && exit; done; exit 1`

describe('the certificate story, on a host with nginx', () => {
  const missing = whyNoLab()
  if (missing !== undefined) return it('runs', (ctx) => skipOrFail(ctx, missing))
  let host: ManagedHost
  beforeAll(async () => {
    host = await ManagedHost.boot()
  })
  afterAll(() => host?.close())

  /** What a client is served is what is in the file. */
  const isServed = (): Promise<string> =>
    host.run(
      soon(
        `[ "$(${handshake} | openssl x509 -noout -fingerprint)" = "$(openssl x509 -in ${pem} -noout -fingerprint)" ]`,
      ),
    )
  const serial = (): Promise<string> => host.run(`openssl x509 -in ${pem} -noout -serial`)

  it('is not told wrong before there is an nginx', async () => {
    const plan = await host.plan(catalog)
    expect(those(plan, 'failed')).toEqual([])
    expect(those(plan, 'would-change', 'pending')).toEqual(expect.arrayContaining(['nginx', 'key', ...new Set(story)]))
  })

  it('begins with the server and its key, and nobody is served', async () => {
    const [first = ''] = catalog.states.split('\nvhost:')
    const applied = await host.apply({ states: first })
    expect(those(applied, 'changed')).toEqual(['nginx', 'pages', 'key'])
    expect(shown[0]).toEqual(['nginx', 'pages', 'key', ...story])
    await expect(host.run(handshake)).rejects.toThrow()
  })

  it('is foretold in its order', async () => {
    const plan = await host.plan(catalog)
    expect(those(plan, 'would-change')).toEqual(story)
    expect(those(plan, 'failed', 'pending')).toEqual([])
  })

  it('runs in its order, and a client sees the new certificate after the second reload', async () => {
    const applied = await host.apply(catalog)
    expect(applied.summary.outcome, JSON.stringify(applied.lines)).toBe('changed')
    expect(those(applied, 'changed')).toEqual(story)
    await isServed()
    await host.run(
      soon(
        `curl -s --cacert ${pem} --resolve blog.example:443:127.0.0.1 https://blog.example/ | grep -q 'it is the blog'`,
      ),
    )
    await host.run(
      soon(
        `curl -s -o /dev/null -w '%{redirect_url}' -H 'Host: blog.example' http://127.0.0.1/ | grep -qx https://blog.example/`,
      ),
    )
  })

  it('changes nothing in a second run, in the round trips of one with nothing to do', async () => {
    const before = await serial()
    const again = await host.apply(catalog)
    expect(again.summary).toMatchObject({ outcome: 'ok', roundTrips: 2 })
    expect(await serial()).toBe(before)
  })

  it('heals where the certificate is gone', async () => {
    await host.run(`rm ${pem}`)
    expect(those(await host.plan(catalog), 'would-change')).toEqual(story)
    expect(those(await host.apply(catalog), 'changed')).toEqual(story)
    await isServed()
    expect((await host.apply(catalog)).summary.outcome).toBe('ok')
  })

  it('serves a renewed certificate, though the site stays as it is', async () => {
    const soonOver = `faketime -f -360d openssl req -x509 -key /etc/nginx/tls/blog.key -days 365 -subj /CN=blog.example`
    const names = 'subjectAltName=DNS:blog.example,DNS:www.blog.example'
    const leaf = '-addext extendedKeyUsage=serverAuth -addext basicConstraints=CA:FALSE'
    await host.run(`${soonOver} -addext ${names} ${leaf} -out ${pem}; systemctl reload nginx`)
    await isServed()
    const before = await serial()
    expect(those(await host.apply(catalog), 'changed')).toEqual(['certificate', 'reload'])
    expect(shown[1]).toEqual(['certificate', 'reload'])
    expect(await serial()).not.toBe(before)
    await isServed()
  })

  it('has another key: the certificate follows', async () => {
    await host.run('openssl genpkey -algorithm ed25519 -out /etc/nginx/tls/blog.key')
    const applied = await host.apply(catalog)
    expect(applied.lines.find(({ fn }) => fn === 'tls.certificate')?.changes?.map(({ field }) => field)).toContain(
      'key',
    )
    await isServed()
    expect((await host.apply(catalog)).summary.outcome).toBe('ok')
  })
})

// What else the page shows.
hostCases('docs/nginx.md', [
  {
    title: 'sites',
    before: 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y install nginx-light >/dev/null 2>&1',
    states: exampleOf('sites'),
    after: soon(`curl -s http://127.0.0.1:8080/status | grep -q 'Active connections'`),
  },
  {
    title: 'a site that nginx refuses',
    states: exampleOf('sites').replace('root: /srv/docs', '$&\n    extra: lisen 81;'),
    outcome: 'failed',
    isForeseen: false,
    says: /unknown directive "lisen" in \/etc\/nginx\/sites-enabled\/docs.example:9/,
    after: '! grep -q lisen /etc/nginx/sites-available/docs.example',
  },
  {
    title: 'an authority',
    states: exampleOf('authority'),
    after: 'openssl verify -CAfile /etc/ssl/ca.pem -verify_ip 10.0.0.2 /etc/ssl/api.pem',
  },
])
