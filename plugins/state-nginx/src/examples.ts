import type { Example } from '@prove/core'

const nginx = 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y install nginx-light >/dev/null\n'

/** Of `nginx.site`. */
export const siteExamples: readonly Example[] = [
  {
    title: 'Files of a directory',
    states: `blog:
  nginx.site:
    name: blog.example
    server_name: [blog.example, www.blog.example]
    root: /srv/blog
  notify: reload_nginx

no_default_site:
  nginx.site: { name: default, enabled: false }
  notify: reload_nginx

reload_nginx:
  cmd.run: systemctl reload nginx
  lazy: true
`,
    host: nginx,
  },
  {
    title: 'In front of an application, with TLS',
    states: `key:
  tls.key: /etc/ssl/private/app.key

certificate:
  tls.certificate:
    path: /etc/ssl/app.pem
    key: /etc/ssl/private/app.key
    names: [app.example]
  requires: key

app:
  nginx.site:
    name: app.example
    proxy_pass: http://127.0.0.1:3000
    certificate: /etc/ssl/app.pem
    key: /etc/ssl/private/app.key
    extra: client_max_body_size 20m;
  requires: certificate
`,
    host: nginx,
  },
  {
    title: 'A text of your own',
    states: `status:
  nginx.site:
    name: status
    content: |
      server {
          listen 127.0.0.1:8080;
          location = /status { stub_status; }
      }
`,
    host: nginx,
  },
]

/** Of `nginx.snippet`. */
export const snippetExamples: readonly Example[] = [
  {
    title: 'Headers that several sites send',
    states: `headers:
  nginx.snippet:
    name: headers.conf
    content: |
      add_header X-Content-Type-Options nosniff always;
      add_header Referrer-Policy same-origin always;

docs:
  nginx.site:
    name: docs.example
    root: /srv/docs
    extra: include snippets/headers.conf;
  requires: headers
`,
    host: nginx,
  },
]

/** Of `nginx.module`. */
export const moduleExamples: readonly Example[] = [
  {
    title: 'A module of a package, not loaded',
    states: `no_echo:
  nginx.module: { name: http-echo, enabled: false }
`,
    host: `${nginx}apt-get -qq -y install libnginx-mod-http-echo >/dev/null\n`,
  },
]
