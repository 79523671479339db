import { readFileSync } from 'node:fs'
import { makeIdentity } from '@prove/core/identity'
import { tcpRelay, transportSuite } from '@prove/core/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { httpsTransport, httpTransport } from './http-transport.js'
import { behind } from './testing/behind.js'
import { echo, everything, HttpGround } from './testing/http-ground.js'
import { freePort, leadingServer, type Nginx, startNginx } from './testing/nginx.js'

/** As of `proxy_pass` alone: HTTP/1.0 to the listener, and no word of a WebSocket. */
const plain = ''

const upgrading = `
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";`

describe.each([
  ['with the headers of an upgrade', upgrading, 'GET 101'],
  ['without the headers of an upgrade', plain, 'POST 204'],
])('behind nginx %s', async (_title, extra, request) => {
  const port = await freePort()
  let nginx: Nginx

  beforeAll(async () => {
    nginx = await startNginx(port, leadingServer(port, extra))
  })

  afterAll(() => nginx.stop())

  transportSuite(behind(httpTransport, port), {
    address: () => 'http://127.0.0.1:0/prove',
    options: { silence: 2 },
    malformed: ['http://'],
    relay: tcpRelay,
  })

  it(`makes requests like "${request}"`, () => {
    expect(nginx.requests()).toContain(request)
  })
})

describe('behind the nginx of the docs', async () => {
  const ground = new HttpGround()
  const port = await freePort()
  afterEach(() => ground.clear())

  /** The block of the page, at ports of this test, and with a certificate of its own. */
  const begin = async (): Promise<Nginx> => {
    const listening = await ground.listen({}, echo)
    const page = readFileSync(new URL('../../../docs/transports.md', import.meta.url), 'utf8')
    const [, block = ''] = /```nginx\n([^`]+)```/.exec(page) ?? []
    const { key, cert } = makeIdentity()
    const here = block
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace('127.0.0.1:4505', new URL(listening).host)
      .replaceAll(/\/etc\/ssl\/master\.(crt|key)/g, 'master.$1')
    const nginx = await startNginx(port, here, { 'master.crt': cert, 'master.key': key })
    ground.later(() => nginx.stop())
    return nginx
  }

  it.each(['auto', 'websocket', 'poll'])('"https" dials through it, framing "%s"', async (framing) => {
    await begin()
    const open = await ground.dial(`https://127.0.0.1:${port}/prove`, { framing, anyCertificate: true }, httpsTransport)
    open.end('hello')
    expect((await everything(open)).toString()).toBe('hello')
  })

  it('"https" takes no certificate that nobody vouches for, unless it may', async () => {
    await begin()
    await expect(ground.dial(`https://127.0.0.1:${port}/prove`, {}, httpsTransport)).rejects.toMatchObject({
      code: 'PRV_TRANSPORT_UNREACHABLE',
      hint: expect.stringContaining('anyCertificate') as unknown,
    })
    expect(ground.accepted).toEqual([])
  })

  it('"https" does not listen', async () => {
    await expect(httpsTransport.listen('https://127.0.0.1:0', ground.options(), () => undefined)).rejects.toMatchObject(
      { code: 'PRV_TRANSPORT_LISTEN', hint: expect.stringContaining('proxy') as unknown },
    )
  })
})
