import { describe, expect, it } from 'vitest'
import { serverArguments, serverBlocks, word } from './server-block.js'

describe('the text of a site', () => {
  it('of files', () => {
    expect(serverBlocks('blog.example', { root: '/srv/my blog', index: ['index.html', 'index.htm'] })).toBe(
      `# Written by Prove: changes by hand will be undone.
server {
    listen 80;
    listen [::]:80;
    server_name blog.example;

    root "/srv/my blog";
    index index.html index.htm;

    location / {
        try_files $uri $uri/ =404;
    }
}
`,
    )
  })

  it('with a certificate serves TLS, and sends everybody there', () => {
    const text = serverBlocks('blog', {
      server_name: ['blog.example', '*.blog.example'],
      proxy_pass: 'http://127.0.0.1:3000',
      certificate: '/etc/ssl/blog.pem',
      key: '/etc/ssl/blog.key',
    })
    expect(text).toBe(
      `# Written by Prove: changes by hand will be undone.
server {
    listen 80;
    listen [::]:80;
    server_name blog.example *.blog.example;

    return 301 https://$host$request_uri;
}

server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name blog.example *.blog.example;

    ssl_certificate /etc/ssl/blog.pem;
    ssl_certificate_key /etc/ssl/blog.key;
    ssl_protocols TLSv1.2 TLSv1.3;

    location / {
        proxy_pass http://127.0.0.1:3000;
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
    }
}
`,
    )
  })

  it('listens where it is told, and nowhere else', () => {
    const text = serverBlocks('a', {
      listen_on: [8443, '127.0.0.1:443 ssl'],
      certificate: '/c',
      key: '/k',
      extra: 'gzip on;\n',
    })
    expect(text.match(/listen .*/g)).toEqual(['listen 8443;', 'listen 127.0.0.1:443 ssl;'])
    expect(text).not.toContain('return 301')
    expect(text).toContain('\n    gzip on;\n')
  })
})

it.each([
  ['/srv/www', '/srv/www'],
  ['a b', '"a b"'],
  ['a"b', String.raw`"a\"b"`],
  ['{}', '"{}"'],
  ['#x', '"#x"'],
  [String.raw`~^www\d+\.example$`, String.raw`"~^www\\d+\\.example$"`],
  ['münchen', '"münchen"'],
])('the word %s', (text, quoted) => {
  expect(word(text)).toBe(quoted)
})

it.each([
  ['listen_on', '443 ssl', true],
  ['listen_on', '[::]:80 default_server', true],
  ['listen_on', 'unix:/run/a.sock', true],
  ['listen_on', 0, false],
  ['listen_on', '80; root /', false],
  ['listen_on', '80\n', false],
  ['server_name', [], false],
  ['server_name', 'a;b', false],
  ['server_name', 'a b', false],
  ['proxy_pass', 'http://unix:/run/a.sock', true],
  ['proxy_pass', 'ftp://a', false],
  ['proxy_pass', 'http://a; deny all', false],
  ['root', '/srv/$host', false],
  ['root', '/srv/a\nb', false],
  ['root', 'srv', false],
  ['certificate', '/etc/ssl/my certificate.pem', true],
] as const)('%s %j: %s', (name, value, isTaken) => {
  expect(serverArguments[name].safeParse(value).success).toBe(isTaken)
})
