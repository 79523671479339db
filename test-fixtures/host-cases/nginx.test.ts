import { hostCases } from '../hosts/host-cases.js'

const install = 'apt-get -qq -y install nginx-light libnginx-mod-http-echo >/dev/null 2>&1'

/** All of them hold. */
const all = (...checks: readonly string[]): string => checks.map((check) => `{ ${check}; }`).join(' && ')

/** Comes to hold: workers of before a reload still answer for a moment. */
const soon = (check: string): string => `for i in $(seq 400); do ${check} && break; done; ${check}`

/** What the site answers on port 80, by its name. */
const answers = (host: string, text: string): string =>
  soon(`curl -si -H 'Host: ${host}' http://127.0.0.1/ | grep -qF '${text}'`)

const reload = 'reload: { cmd.run: systemctl reload nginx, lazy: true }\n'

const says = (name: string, text: string): string => `
${name}:
  nginx.site:
    name: ${name}
    content: |
      server { listen 80; server_name ${name}; location / { return 200 "${text}"; } }
`

const kept = (path: string): string => `stat -c '%n %a %U %Y %N' ${path}; cat ${path}`

/** Runs it before, and holds afterwards that what it says is the same. */
const same = (look: string): { readonly before: string; readonly after: string } => ({
  before: `{ ${look}; } >/srv/before`,
  after: all(`{ ${look}; } | cmp - /srv/before`, 'nginx -t -q'),
})

hostCases('nginx', [
  {
    title: 'a site of a server that is installed in the same run',
    states: `
installed:
  cmd.run: { command: DEBIAN_FRONTEND=noninteractive ${install}, creates: /usr/sbin/nginx }
root:
  file.managed: { path: /srv/blog/index.html, content: it is the blog, create_parents: true }
blog:
  nginx.site: { name: blog.example, server_name: [blog.example, www.blog.example], root: /srv/blog }
  requires: [installed, root]
  notify: reload
${reload}`,
    after: all(
      answers('www.blog.example', 'it is the blog'),
      '[ "$(readlink /etc/nginx/sites-enabled/blog.example)" = /etc/nginx/sites-available/blog.example ]',
    ),
  },
  {
    title: 'the site that came with it, disabled',
    states: `no_default:\n  nginx.site: { name: default, enabled: false }\n  notify: reload\n${reload}`,
    after: all('[ -e /etc/nginx/sites-available/default ]', '! [ -e /etc/nginx/sites-enabled/default ]'),
  },
  {
    title: 'another text of a site that is served',
    before: 'chmod 640 /etc/nginx/sites-available/blog.example',
    states: `
blog:
  nginx.site: { name: blog.example, root: /srv/blog, extra: 'add_header X-Answer "42";' }
  notify: reload
${reload}`,
    after: all(
      answers('blog.example', 'X-Answer: 42'),
      '[ "$(stat -c %a /etc/nginx/sites-available/blog.example)" = 640 ]',
    ),
  },
  {
    title: 'a text that nginx refuses is taken back, with its mode and owner',
    ...same(kept('/etc/nginx/sites-available/blog.example')),
    states:
      'blog:\n  nginx.site: { name: blog.example, root: /srv/blog, mode: "0600", owner: www-data, extra: "lisen 80;" }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /unknown directive "lisen" in \/etc\/nginx\/sites-enabled\/blog\.example:\d+/,
  },
  {
    title: 'a new site that nginx refuses leaves nothing, and no link',
    states: 'bad:\n  nginx.site:\n    name: bad\n    content: |\n      server {\n        lisen 80;\n      }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /unknown directive "lisen" in \/etc\/nginx\/sites-enabled\/bad:2/,
    after: all(
      '[ "$(ls -A /etc/nginx/sites-enabled)" = blog.example ]',
      '[ "$(ls -A /etc/nginx/sites-available)" = "$(printf "blog.example\\ndefault")" ]',
      'nginx -t -q',
    ),
  },
  {
    title: 'what is not served may hold anything',
    states: 'bad:\n  nginx.site: { name: bad, content: "server { lisen 80; }\\n", enabled: false }\n',
    after: all('grep -q lisen /etc/nginx/sites-available/bad', 'nginx -t -q'),
  },
  {
    title: 'and is not served when it is to be',
    states: 'bad:\n  nginx.site: { name: bad }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /unknown directive "lisen"/,
    after: all('[ -e /etc/nginx/sites-available/bad ]', '! [ -L /etc/nginx/sites-enabled/bad ]', 'nginx -t -q'),
  },
  {
    title: 'it is mended and served at once',
    states: `${says('bad', 'mended')}  notify: reload\n${reload}`,
    after: answers('bad', 'mended'),
  },
  {
    title: 'disabled again',
    states: `bad:\n  nginx.site: { name: bad, enabled: false }\n  notify: reload\n${reload}`,
    after: all(
      '[ -e /etc/nginx/sites-available/bad ]',
      '! [ -e /etc/nginx/sites-enabled/bad ]',
      answers('bad', 'it is the blog'),
    ),
  },
  {
    title: 'a link that leads elsewhere',
    before: 'ln -s /srv/elsewhere /etc/nginx/sites-enabled/bad; echo >/srv/elsewhere',
    states: 'bad:\n  nginx.site: { name: bad }\n',
    after: '[ "$(readlink /etc/nginx/sites-enabled/bad)" = /etc/nginx/sites-available/bad ]',
  },
  {
    title: 'a link that leads elsewhere stays where the text is refused',
    before: 'ln -sfn /srv/elsewhere /etc/nginx/sites-enabled/bad',
    states: 'bad:\n  nginx.site: { name: bad, content: "nonsense;" }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /nonsense/,
    after: all(
      '[ "$(readlink /etc/nginx/sites-enabled/bad)" = /srv/elsewhere ]',
      'grep -q mended /etc/nginx/sites-available/bad',
      '[ -z "$(find /etc/nginx -name ".prove*")" ]',
    ),
  },
  {
    title: 'absent',
    states: 'bad:\n  nginx.site: { name: bad, absent: true }\n',
    after: all('[ "$(ls -A /etc/nginx/sites-enabled)" = blog.example ]', '! [ -e /etc/nginx/sites-available/bad ]'),
  },
  {
    title: 'absent and it is already',
    states: 'bad:\n  nginx.site: { name: bad, absent: true }\n',
    outcome: 'ok',
  },
  {
    title: 'a site that another needs is not removed',
    before: `
echo 'upstream pool { server 127.0.0.1:3000; }' >/etc/nginx/sites-available/pool
echo 'server { listen 81; location / { proxy_pass http://pool/; } } server { listen 82; location / { proxy_pass http://pool; } }' >/etc/nginx/sites-available/user
sed -i 's/proxy_pass/set $x 1; proxy_pass/' /etc/nginx/sites-available/user
ln -s /etc/nginx/sites-available/pool /etc/nginx/sites-available/user /etc/nginx/sites-enabled/`,
    states: 'pool:\n  nginx.site: { name: pool, absent: true }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /host not found in upstream "pool"/,
    after: all(
      '[ "$(readlink /etc/nginx/sites-enabled/pool)" = /etc/nginx/sites-available/pool ]',
      '[ -e /etc/nginx/sites-available/pool ]',
      'nginx -t -q',
    ),
  },
  {
    title: 'both are, in the right order',
    states: 'user:\n  nginx.site: { name: user, absent: true }\npool:\n  nginx.site: { name: pool, absent: true }\n',
    after: all('nginx -t -q', '! [ -e /etc/nginx/sites-available/pool ]'),
  },
  {
    title: 'a file in place of the link is not touched',
    before: 'echo >/etc/nginx/sites-enabled/by-hand',
    states: 'site:\n  nginx.site: { name: by-hand, root: /srv/blog }\n',
    outcome: 'failed',
    says: /by-hand" is no symbolic link/,
    after: '! [ -e /etc/nginx/sites-available/by-hand ]',
  },
  {
    title: 'a file in place of the link stays where the site is to be absent',
    before: 'echo "# by hand" >/etc/nginx/sites-enabled/by-hand',
    states: 'site:\n  nginx.site: { name: by-hand, absent: true }\n',
    outcome: 'failed',
    says: /by-hand" is no symbolic link/,
    after: 'grep -qx "# by hand" /etc/nginx/sites-enabled/by-hand',
  },
  {
    title: 'a name with a space, a quote and letters of its own',
    before: 'rm /etc/nginx/sites-enabled/by-hand',
    states: `odd:\n  nginx.site: { name: "it's -münchen $(id)", server_name: odd.example, root: /srv/blog }\n  notify: reload\n${reload}`,
    after: all(answers('odd.example', 'it is the blog'), `[ -L "/etc/nginx/sites-enabled/it's -münchen \\$(id)" ]`),
  },
  {
    title: 'and away with it',
    states: `odd:\n  nginx.site: { name: "it's -münchen $(id)", absent: true }\n`,
    after: '[ "$(ls -A /etc/nginx/sites-enabled)" = blog.example ]',
  },
  {
    title: 'in front of an application',
    before:
      'mkdir -p /srv/app; echo from the application >/srv/app/index.html; systemd-run -q -u app python3 -m http.server -d /srv/app -b 127.0.0.1 3000; until curl -so /dev/null http://127.0.0.1:3000/; do :; done',
    states: `app:\n  nginx.site: { name: app.example, proxy_pass: "http://127.0.0.1:3000" }\n  notify: reload\n${reload}`,
    after: answers('app.example', 'from the application'),
  },
  {
    title: 'a text out of the catalog, as a template',
    states: `site:\n  nginx.site: { name: made, source: "prove://made.njk" }\n  notify: reload\n${reload}`,
    files: {
      'files/made.njk':
        'server { listen 80; server_name made; location / { return 200 "on {{ facts.hostname }}"; } }\n',
    },
    after: answers('made', 'on h1'),
  },
  {
    title: 'a snippet, and a site that includes it',
    states: `
headers:
  nginx.snippet: { name: headers.conf, content: "add_header X-Snippet yes;\\n" }
site:
  nginx.site: { name: snip.example, root: /srv/blog, extra: include snippets/headers.conf; }
  requires: headers
  notify: reload
${reload}`,
    after: answers('snip.example', 'X-Snippet: yes'),
  },
  {
    title: 'a snippet that nginx refuses is taken back',
    ...same(kept('/etc/nginx/snippets/headers.conf')),
    states: 'headers:\n  nginx.snippet: { name: headers.conf, content: "add_header;\\n" }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /in \/etc\/nginx\/snippets\/headers\.conf:1/,
  },
  {
    title: 'a snippet that a site needs stays',
    ...same(kept('/etc/nginx/snippets/headers.conf')),
    states: 'headers:\n  nginx.snippet: { name: headers.conf, absent: true }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /headers\.conf/,
  },
  {
    title: 'a snippet that nobody needs goes',
    states: 'unused:\n  nginx.snippet: { name: snakeoil.conf, absent: true }\n',
    after: '! [ -e /etc/nginx/snippets/snakeoil.conf ]',
  },
  {
    title: 'a module that is not to be loaded',
    states: 'echo:\n  nginx.module: { name: http-echo, enabled: false }\n',
    after: all('! [ -e /etc/nginx/modules-enabled/50-mod-http-echo.conf ]', 'nginx -t -q'),
  },
  {
    title: 'a module, and a site that needs it',
    states: `
echo:
  nginx.module: http-echo
site:
  nginx.site:
    name: echo.example
    content: |
      server { listen 80; server_name echo.example; location / { echo "by the module"; } }
  requires: echo
  notify: restart
restart: { cmd.run: systemctl restart nginx, lazy: true }
`,
    after: answers('echo.example', 'by the module'),
  },
  {
    title: 'a module that a site needs stays',
    ...same("stat -c '%N %Y' /etc/nginx/modules-enabled/50-mod-http-echo.conf"),
    states: 'echo:\n  nginx.module: { name: http-echo, enabled: false }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /unknown directive "echo" in \/etc\/nginx\/sites-enabled\/echo\.example:1/,
  },
  {
    title: 'a module that is not installed',
    states: 'geoip:\n  nginx.module: http-geoip\n',
    outcome: 'failed',
    says: /libnginx-mod-http-geoip/,
  },
  {
    title: 'where there is only conf.d: a new site',
    before:
      'mv /etc/nginx/sites-available /srv; mv /etc/nginx/sites-enabled /srv; sed -i /sites-enabled/d /etc/nginx/nginx.conf',
    states: `${says('plain', 'of conf.d')}  notify: reload\n${reload}`,
    after: all(answers('plain', 'of conf.d'), '[ -f /etc/nginx/conf.d/plain.conf ]'),
  },
  {
    title: 'where there is only conf.d: a text that is refused',
    ...same(kept('/etc/nginx/conf.d/plain.conf')),
    states: 'plain:\n  nginx.site: { name: plain, content: nonsense }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /plain\.conf:1/,
  },
  {
    title: 'where there is only conf.d: disabled, whatever it holds',
    states: 'plain:\n  nginx.site: { name: plain, enabled: false }\n',
    after: '[ "$(ls -A /etc/nginx/conf.d)" = plain.conf.disabled ]',
  },
  {
    title: 'where there is only conf.d: enabled with another text',
    states: `${says('plain', 'of conf.d again')}  notify: reload\n${reload}`,
    after: all(answers('plain', 'of conf.d again'), '[ "$(ls -A /etc/nginx/conf.d)" = plain.conf ]'),
  },
  {
    title: 'where there is only conf.d: absent',
    states: 'plain:\n  nginx.site: { name: plain, absent: true }\n',
    after: '[ -z "$(ls -A /etc/nginx/conf.d)" ]',
  },
])
