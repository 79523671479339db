import { archiveGround, copyGround, downloadGround } from '../beside/transfer-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'
import { tarOf, zipOf } from '../transfer/archives.js'
import { freshTree, treeState } from './tree-state.js'

const site = {
  'files/site/index.html.njk': '<h1>{{ facts.os }}</h1>\n',
  'files/site/css/site.css': 'body {}\n',
  'files/site/css/a.css': 'a {}\n',
  'files/site/bin/run': { script: '#!/bin/sh\n' },
}

const lines = (...all: readonly string[]): string => all.join('\n')

const trees: readonly HostCase[] = [
  {
    title: 'where nothing is yet, with a template and a script',
    states: treeState('    create_parents: true\n').replace('/srv/www', '/srv/new/www'),
    files: site,
    after: lines(
      'cd /srv/new/www && [ "$(cat index.html)" = "<h1>debian</h1>" ] && ! [ -e index.html.njk ]',
      '[ "$(stat -c %a css css/a.css bin/run | tr "\\n" " ")" = "755 644 755 " ]',
    ),
  },
  {
    title: 'no directory for it',
    states: treeState().replace('/srv/www', '/srv/none/www'),
    files: site,
    outcome: 'failed',
    says: /create_parents/,
  },
  {
    title: 'content, modes and a target that differ, and what else is there',
    before: `${freshTree}; cd /srv/www; mkdir -m 700 css; echo old >css/a.css; cp /dev/null css/site.css; chmod 600 css/site.css; echo mine >css/mine; ln -s a css/l`,
    states: treeState(),
    files: { ...site, 'files/site/css/l': { link: 'b' } },
    after: lines(
      'cd /srv/www && [ "$(cat css/a.css css/site.css css/mine)" = "$(printf "a {}\\nbody {}\\nmine")" ]',
      '[ "$(stat -c %a css css/site.css | tr "\\n" " ")" = "700 644 " ] && [ "$(readlink css/l)" = b ]',
    ),
  },
  {
    title: 'owner and modes, of links and the directory itself too',
    before: freshTree,
    states: treeState('    owner: nobodys\n    group: www-data\n    file_mode: "0640"\n    directory_mode: "2750"\n'),
    files: { ...site, 'files/site/latest': { link: 'css' } },
    after: lines(
      'cd /srv/www && ! find . ! -user nobodys -o ! -group www-data | grep .',
      '[ "$(stat -c %a . css css/a.css bin/run | tr "\\n" " ")" = "2750 2750 640 640 " ]',
    ),
  },
  {
    title: 'names that a shell would take apart',
    before: freshTree,
    states: treeState(),
    files: {
      'files/site/it\'s "$HOME" `x`/-rf': 'a',
      'files/site/-n': 'b',
      'files/site/über ß/new\nline': 'c',
      'files/site/*': { link: "a'b $(c)" },
      'files/site/{{ x }}/%s\\n': 'd',
    },
    after: lines(
      `cd /srv/www && [ "$(cat ./it*/-rf ./-n ./über*/new* ./{*/%*)" = abcd ] && [ "$(readlink './*')" = "a'b \\$(c)" ]`,
    ),
  },
  {
    title: 'empty directories, and links that lead nowhere or away, of which nothing is followed',
    before: `${freshTree}; echo secret >/root/secret`,
    states: treeState('    delete_extra: true\n'),
    files: {
      'files/site/empty/deep/': '',
      'files/site/away': { link: '/root' },
      'files/site/none': { link: '../none' },
    },
    after:
      'cd /srv/www && [ -d empty/deep ] && [ "$(readlink away none | tr "\\n" " ")" = "/root ../none " ] && [ -e /root/secret ]',
  },
  {
    title: 'what is excluded is left alone on both sides',
    before: `${freshTree}; mkdir -p /srv/www/cache/x /srv/www/log; echo 1 >/srv/www/cache/x/y; echo 2 >/srv/www/log/a.log; echo 3 >/srv/www/log/old; echo theirs >/srv/www/local.conf`,
    states: treeState('    delete_extra: true\n    exclude: [/cache, "*.log", local.conf]\n'),
    files: {
      ...site,
      'files/site/local.conf': 'ours',
      'files/site/cache/z': 'ours',
      'files/site/b.log.njk': '{{ nobody }}',
    },
    after:
      'cd /srv/www && [ "$(cat cache/x/y log/a.log local.conf)" = "$(printf "1\\n2\\ntheirs")" ] && ! [ -e log/old ] && ! [ -e cache/z ] && ! [ -e b.log ]',
  },
  {
    title: 'what is included alone',
    before: `${freshTree}; mkdir /srv/www/css; echo x >/srv/www/css/old.css; echo x >/srv/www/old.html`,
    states: treeState('    delete_extra: true\n    include: "css/**/*.css"\n'),
    files: { ...site, 'files/site/css/deep/b.css': 'b' },
    after:
      'cd /srv/www && [ "$(find . -type f | sort | tr "\\n" " ")" = "./css/a.css ./css/deep/b.css ./css/site.css ./old.html " ]',
  },
  {
    title: 'what the folder no longer has goes, files and directories',
    before: `${freshTree}; cd /srv/www; mkdir -p old/deep css "a b"; touch old/1 old/deep/2 css/old.css "a b/c"; ln -s /etc old/etc; mkfifo pipe`,
    states: treeState('    delete_extra: true\n'),
    files: site,
    after:
      '[ "$(cd /srv/www; find . -mindepth 1 | sort | tr "\\n" " ")" = "./bin ./bin/run ./css ./css/a.css ./css/site.css ./index.html " ] && [ -e /etc/passwd ]',
  },
  {
    title: 'nothing that is mounted goes',
    before: `${freshTree}; mkdir -p /srv/www/old/data; mount -t tmpfs none /srv/www/old/data; echo x >/srv/www/old/data/x`,
    states: treeState('    delete_extra: true\n'),
    files: site,
    outcome: 'failed',
    says: /mounted at or below "\/srv\/www\/old"; exclude/,
    after: '[ -e /srv/www/old/data/x ] && ! [ -e /srv/www/css ]',
  },
  {
    title: 'what is mounted is left alone where it is excluded',
    states: treeState('    delete_extra: true\n    exclude: /old/data\n'),
    files: site,
    after: '[ -e /srv/www/old/data/x ] && [ -e /srv/www/css/a.css ] && umount /srv/www/old/data',
  },
  {
    title: 'a directory that is a link elsewhere is not written through',
    before: `${freshTree}; mkdir -p /srv/elsewhere; ln -s /srv/elsewhere /srv/www/css`,
    states: treeState(),
    files: site,
    outcome: 'failed',
    says: /"\/srv\/www\/css" is a symbolic link/,
    after: '! [ -e /srv/elsewhere/a.css ]',
  },
  {
    title: 'but replaced with delete_extra',
    before: 'echo theirs >/srv/elsewhere/a.css',
    states: treeState('    delete_extra: true\n'),
    files: site,
    after:
      '[ "$(cat /srv/elsewhere/a.css)" = theirs ] && ! [ -L /srv/www/css ] && [ "$(cat /srv/www/css/a.css)" = "a {}" ]',
  },
  {
    title: 'files and directories that changed places',
    before: `${freshTree}; mkdir -p /srv/www/index.html/x; echo y >/srv/www/index.html/x/y; echo z >/srv/www/css; ln -s css /srv/www/bin`,
    states: treeState('    delete_extra: true\n'),
    files: site,
    after: '[ -f /srv/www/index.html ] && [ -f /srv/www/css/a.css ] && [ -d /srv/www/bin ]',
  },
  {
    title: 'the directory itself is a link',
    before: 'rm -rf /srv/www; ln -s /srv/elsewhere /srv/www',
    states: treeState('    delete_extra: true\n'),
    files: site,
    outcome: 'failed',
    says: /name the directory that it leads to/,
    after: '[ -e /srv/elsewhere/a.css ]',
  },
  {
    title: 'into a directory that an earlier state makes, beside a file that another keeps',
    before: 'rm -rf /srv/www',
    states: `root:\n  file.directory: { path: /srv/www, mode: "0750" }\nmine:\n  file.managed: { path: /srv/www/mine, content: hello }\n${treeState('    delete_extra: true\n    exclude: mine\n')}`,
    files: site,
    after: '[ "$(stat -c %a /srv/www)" = 750 ] && [ "$(cat /srv/www/mine)" = hello ]',
  },
  {
    title: 'a folder of a component, and binary content',
    before: freshTree,
    states: 'include: [{ component: app }]\n',
    files: {
      'components/app/states/main.yml': treeState(),
      'components/app/files/site/blob': Buffer.from([0, 255, 10, 13, 0]),
      'files/site/other': 'not this one',
    },
    after: '[ "$(od -An -tx1 /srv/www/blob)" = " 00 ff 0a 0d 00" ] && ! [ -e /srv/www/other ]',
  },
  {
    title: 'a hard link is not broken unasked',
    before: `${freshTree}; cd /srv/www; mkdir css; echo x >css/a.css; ln css/a.css /srv/other-name`,
    states: treeState(),
    files: site,
    outcome: 'failed',
    says: /2 names/,
    after: '[ "$(cat /srv/other-name)" = x ]',
  },
  {
    title: 'a thousand files, in many directories',
    before: freshTree,
    states: treeState('    delete_extra: true\n'),
    files: Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`files/site/d${i % 20}/s${i % 3}/f${i}`, `content ${i}\n`]),
    ),
    after: '[ "$(find /srv/www -type f | wc -l)" = 1000 ] && [ "$(cat /srv/www/d7/s1/f487)" = "content 487" ]',
  },
  {
    title: 'of these most no longer',
    states: treeState('    delete_extra: true\n'),
    files: { 'files/site/d7/s1/f487': 'content 487\n', 'files/site/d7/s1/f7': 'changed\n' },
    after:
      '[ "$(find /srv/www | sort | tr "\\n" " ")" = "/srv/www /srv/www/d7 /srv/www/d7/s1 /srv/www/d7/s1/f487 /srv/www/d7/s1/f7 " ]',
  },
]

const copy = (more = ''): string => `it:\n  file.copy:\n    path: /srv/to/file\n    source: /srv/from\n${more}`

const copies: readonly HostCase[] = [
  {
    title: 'a copy where nothing is, with owner and mode',
    before: 'rm -rf /srv/to; mkdir /srv/to; echo one >/srv/from; chmod 600 /srv/from',
    states: copy('    owner: nobodys\n    mode: "0640"\n'),
    after:
      '[ "$(stat -c "%a %U" /srv/to/file)" = "640 nobodys" ] && cmp /srv/from /srv/to/file && [ "$(stat -c %a /srv/from)" = 600 ]',
  },
  {
    title: 'of what changed, with a backup',
    before: 'echo two >/srv/from; cp /srv/to/file /srv/was',
    states: copy('    backup: true\n'),
    after:
      'cmp /srv/from /srv/to/file && cmp /srv/was /srv/to/file.*.bak && [ "$(stat -c "%a %U" /srv/to/file)" = "640 nobodys" ]',
  },
  { title: 'of what is the same', before: 'touch /srv/from', states: copy(), outcome: 'ok' },
  {
    title: 'of what is not there',
    before: 'rm /srv/from',
    states: copy(),
    outcome: 'failed',
    says: /"\/srv\/from" does not exist/,
  },
  {
    title: 'of what an earlier state writes',
    before: 'rm -rf /srv/from /srv/to',
    states: `first:\n  file.managed: { path: /srv/from, content: hello }\n${copy('    create_parents: true\n')}`,
    after: '[ "$(cat /srv/to/file)" = hello ]',
  },
  {
    title: 'of what an earlier command makes',
    before: 'rm -rf /srv/from /srv/to',
    states: `first:\n  cmd.run: seq 5 >/srv/from\n  creates: /srv/from\n${copy('    create_parents: true\n')}`,
    after: '[ "$(wc -l </srv/to/file)" = 5 ]',
  },
  {
    title: 'of a large file, with names that a shell would take apart',
    before: `rm -rf /srv/to; mkdir "/srv/it's \\$x"; seq 5000000 | head -c 30000000 >"/srv/it's \\$x/-f 1"`,
    states: `it:\n  file.copy: { path: "/srv/it's $x/ü\\n2", source: "/srv/it's $x/-f 1" }\n`,
    after: `cd "/srv/it's \\$x" && cmp ./-f* ./ü*`,
  },
  {
    title: 'to a link, which is left alone',
    before: 'mkdir -p /srv/to; echo new >/srv/from; echo old >/srv/other; ln -sf /srv/other /srv/to/file',
    states: copy(),
    outcome: 'failed',
    says: /is a symbolic link to "\/srv\/other"/,
    after: '[ "$(cat /srv/other)" = old ]',
  },
  {
    title: 'in place of a link',
    states: copy('    replace_link: true\n'),
    after: '[ "$(cat /srv/other)" = old ] && ! [ -L /srv/to/file ] && [ "$(cat /srv/to/file)" = new ]',
  },
  {
    title: 'that its command refuses',
    before: 'echo bad >/srv/from',
    states: copy('    validate: grep -q good %s\n'),
    outcome: 'failed',
    isForeseen: false,
    says: /refused by its validate command/,
    after: '[ "$(cat /srv/to/file)" = new ] && [ "$(ls -A /srv/to)" = file ]',
  },
  {
    title: 'and a change of the copy is taken back',
    before: 'echo good >/srv/from; echo edited >>/srv/to/file',
    states: copy('    validate: grep -q good %s\n'),
    after: 'cmp /srv/from /srv/to/file',
  },
]

/** A server that also does what servers should not; what it was asked is in /run/asked. */
const server = `
import base64, hashlib, http.server, os, ssl, threading
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words): pass
    def do_GET(self):
        with open('/run/asked', 'a') as asked:
            asked.write(self.path + ' ' + ' '.join(f'{k}={v}' for k, v in sorted(self.headers.items())) + '\\n')
        path, _, query = self.path.partition('?')
        if path.startswith('/cut'):
            self.send_response(200); self.send_header('Content-Length', '100000'); self.end_headers()
            self.wfile.write(b'x' * 1000); self.wfile.flush(); self.connection.shutdown(2); return
        if path.startswith('/to/'):
            self.send_response(302); self.send_header('Location', path[3:]); self.end_headers(); return
        if path == '/away':
            self.send_response(302); self.send_header('Location', 'http://localhost:8001/plain'); self.end_headers(); return
        if path == '/down':
            self.send_response(302); self.send_header('Location', 'http://127.0.0.1:8001/plain'); self.end_headers(); return
        if path == '/round':
            self.send_response(302); self.send_header('Location', '/round'); self.end_headers(); return
        if path == '/broken':
            self.send_error(503, 'Come back later'); return
        if path == '/secret' and self.headers.get('Authorization') != 'Basic ' + base64.b64encode(b'me:pass "w\\\\ord').decode():
            self.send_error(401); return
        if path == '/token' and self.headers.get('X-Token') != 'to"ken' and query != 'key=hidden':
            self.send_error(403); return
        if path.startswith('/tagged'):
            body = open('/srv/mirror/tagged', 'rb').read(); tag = '"' + hashlib.sha256(body).hexdigest()[:8] + '"'
            if self.headers.get('If-None-Match') == tag:
                self.send_response(304); self.end_headers(); return
            self.send_response(200); self.send_header('ETag', tag); self.send_header('Content-Length', str(len(body))); self.end_headers()
            self.wfile.write(body); return
        if path == '/silent':
            body = open('/srv/mirror/plain', 'rb').read()
            self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body); return
        super().do_GET()
os.chdir('/srv/mirror')
plain = http.server.ThreadingHTTPServer(('127.0.0.1', 8001), Handler)
safe = http.server.ThreadingHTTPServer(('127.0.0.1', 8443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('/srv/cert.pem', '/srv/key.pem')
safe.socket = context.wrap_socket(safe.socket, server_side=True)
threading.Thread(target=plain.serve_forever).start()
safe.serve_forever()
`

const startServer = `mkdir -p /srv/mirror /srv/got; cd /srv/mirror; printf 'hello\n' >plain; printf 'one\n' >tagged; cp plain secret; cp plain token
openssl req -x509 -newkey rsa:2048 -nodes -keyout /srv/key.pem -out /srv/cert.pem -days 9 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
cat >/srv/server.py <<'PYTHON'
${server}
PYTHON
systemd-run -q --unit lab-server python3 /srv/server.py
until curl -so /dev/null http://127.0.0.1:8001/plain && curl -kso /dev/null https://127.0.0.1:8443/plain; do :; done; rm -f /run/asked`

const hello = '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'
const hello512 =
  'e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629'
const port = 'http://127.0.0.1:8001'

const download = (...more: readonly string[]): string =>
  ['it:', '  file.download:', '    path: /srv/got/it', ...more.map((line) => `    ${line}`), ''].join('\n')

const holdsHello = '[ "$(cat /srv/got/it)" = hello ] && [ "$(ls -A /srv/got)" = it ]'
const gone = 'rm -rf /srv/got; mkdir /srv/got'
const nothingLeft = '[ "$(ls -A /srv/got)" = "" ]'
const refused = { outcome: 'failed', isForeseen: false, after: nothingLeft } as const

const downloads: readonly HostCase[] = [
  {
    title: 'a file, with owner and mode',
    before: startServer,
    states: download(`url: ${port}/plain`, 'owner: nobodys', 'mode: "0640"'),
    after: `${holdsHello} && [ "$(stat -c "%a %U" /srv/got/it)" = "640 nobodys" ]`,
  },
  {
    title: 'that exists, without a checksum: the server is not asked',
    before: 'rm -f /run/asked; echo mine >/srv/got/it',
    states: download(`url: ${port}/plain`),
    outcome: 'ok',
    after: '[ "$(cat /srv/got/it)" = mine ] && ! [ -e /run/asked ]',
  },
  {
    title: 'that exists, with another checksum',
    states: download(`url: ${port}/plain`, `checksum: "sha256:${hello}"`, 'backup: true'),
    after:
      '[ "$(cat /srv/got/it)" = hello ] && [ "$(cat /srv/got/it.*.bak)" = mine ] && [ "$(stat -c "%a %U" /srv/got/it)" = "640 nobodys" ]',
  },
  {
    title: 'that exists with its checksum: the server is not asked',
    before: 'rm -f /run/asked /srv/got/*.bak',
    states: download(`url: ${port}/plain`, `checksum: "SHA256:${hello.toUpperCase()}"`),
    outcome: 'ok',
    after: '! [ -e /run/asked ]',
  },
  {
    title: 'with a checksum of another length',
    before: `${gone}; echo other >/srv/got/it`,
    states: download(`url: ${port}/plain`, `checksum: "sha512:${hello512}"`),
    after: holdsHello,
  },
  {
    title: 'with a checksum that it does not have',
    before: gone,
    states: download(`url: ${port}/plain`, `checksum: "sha256:${'0'.repeat(64)}"`),
    ...refused,
    says: new RegExp(`127.0.0.1:8001/plain: expected sha256 0{64}, got ${hello}`),
  },
  {
    title: 'with a checksum that it does not have, in place of another file, which stays',
    before: 'echo mine >/srv/got/it',
    states: download(`url: ${port}/plain`, `checksum: "sha256:${'0'.repeat(64)}"`),
    ...refused,
    after: '[ "$(cat /srv/got/it)" = mine ] && [ "$(ls -A /srv/got)" = it ]',
  },
  {
    title: 'of a table of checksums',
    before: `${gone}; cd /srv/mirror; sha256sum tagged plain >SUMS`,
    states: download(`url: ${port}/plain`, `checksum_url: ${port}/SUMS`),
    after: holdsHello,
  },
  {
    title: 'of a table that has changed with it',
    before: "cd /srv/mirror; printf 'new\\n' >plain; sha512sum --tag plain >SUMS",
    states: download(`url: ${port}/plain`, `checksum_url: ${port}/SUMS`),
    after: '[ "$(cat /srv/got/it)" = new ]',
  },
  {
    title: 'of a table with one hash alone',
    before: "cd /srv/mirror; printf 'hello\\n' >plain; sha256sum <plain | cut -c 1-64 >SUMS",
    states: download(`url: ${port}/plain`, `checksum_url: ${port}/SUMS`),
    after: holdsHello,
  },
  {
    title: 'of a table without it',
    before: 'cd /srv/mirror; sha256sum tagged >SUMS',
    states: download(`url: ${port}/plain`, `checksum_url: ${port}/SUMS`),
    outcome: 'failed',
    says: /SUMS has no checksum, or no single one, of "plain"/,
    after: holdsHello,
  },
  {
    title: 'of a table that is not there',
    states: download(`url: ${port}/plain`, `checksum_url: ${port}/none`),
    outcome: 'failed',
    says: /8001\/none.*404/,
  },
  {
    title: 'that is not there',
    before: gone,
    states: download(`url: ${port}/none?x=secret`),
    ...refused,
    says: /^(?!.*secret).*8001\/none\?…: 404/,
  },
  {
    title: 'of a server in trouble',
    states: download(`url: ${port}/broken`),
    ...refused,
    says: /broken: 503 Come back later/,
  },
  {
    title: 'of a server that breaks off',
    states: download(`url: ${port}/cut`),
    ...refused,
    says: /\/cut: .*(closed|remaining)/,
  },
  {
    title: 'of no server',
    states: download('url: http://127.0.0.1:1/x'),
    ...refused,
    says: /127.0.0.1:1\/x: .*connect/i,
  },
  { title: 'of no host', states: download('url: http://no-such-host.invalid/x'), ...refused, says: /resolve host/ },
  { title: 'by way of redirects', states: download(`url: ${port}/to/to/plain`), after: holdsHello },
  {
    title: 'by way of redirects without end',
    before: gone,
    states: download(`url: ${port}/round`),
    ...refused,
    says: /redirect/,
  },
  {
    title: 'with https and a certificate of nobody',
    states: download('url: https://127.0.0.1:8443/plain'),
    ...refused,
    says: /certificate/,
  },
  {
    title: 'with https and a certificate that is known',
    states: download('url: https://127.0.0.1:8443/plain', 'ca: /srv/cert.pem'),
    after: holdsHello,
  },
  {
    title: 'with https that leads to http',
    before: gone,
    states: download('url: https://127.0.0.1:8443/down', 'ca: /srv/cert.pem'),
    ...refused,
    says: /http/,
  },
  { title: 'without the password', states: download(`url: ${port}/secret`), ...refused, says: /401/ },
  {
    title: 'with user and password',
    states: download(`url: ${port}/secret`, 'username: me', `password: 'pass "w\\ord'`),
    after: holdsHello,
  },
  {
    title: 'with a header, which goes to a table on the same server too',
    before: `${gone}; cd /srv/mirror; sha256sum token >SUMS; rm -f /run/asked`,
    states: download(`url: ${port}/token`, `checksum_url: ${port}/SUMS`, `headers: { X-Token: 'to"ken' }`),
    after: `${holdsHello} && grep -q '^/SUMS .*X-Token' /run/asked`,
  },
  {
    title: 'with a header, which goes to no other server',
    before: `${gone}; rm -f /run/asked`,
    states: download(
      `url: ${port}/token`,
      'checksum_url: http://localhost:8001/SUMS',
      `headers: { X-Token: 'to"ken' }`,
    ),
    after: `${holdsHello} && grep -q '^/token .*X-Token' /run/asked && ! grep '^/SUMS .*X-Token' /run/asked`,
  },
  {
    title: 'with what is no name for a shell, in the address and on the target',
    before: `${gone}; cd /srv/mirror; echo odd >"a b'[1-3]{x}\\$"`,
    states: `it:\n  file.download: { path: "/srv/got/it's $x\\n1", url: "${port}/a%20b%27[1-3]%7Bx%7D$?key=a&b=%24c" }\n`,
    after: '[ "$(cat /srv/got/it*)" = odd ]',
  },
  {
    title: 'whose server is asked whether it has changed',
    before: `${gone}; rm -f /run/asked`,
    states: download(`url: ${port}/tagged`, 'refresh: true'),
    after: '[ "$(cat /srv/got/it)" = one ] && grep -q "^/tagged.*If-None-Match" /run/asked',
  },
  {
    title: 'and has',
    before: "printf 'two\\n' >/srv/mirror/tagged",
    states: download(`url: ${port}/tagged`, 'refresh: true'),
    after: '[ "$(cat /srv/got/it)" = two ]',
  },
  {
    title: 'and has not, but the file was edited',
    before: 'echo edited >>/srv/got/it',
    states: download(`url: ${port}/tagged`, 'refresh: true'),
    after: '[ "$(cat /srv/got/it)" = two ]',
  },
  {
    title: 'whose server tells when it was changed',
    before: `${gone}; rm -f /run/asked`,
    states: download(`url: ${port}/plain`, 'refresh: true'),
    after: `${holdsHello} && grep -q '^/plain.*If-Modified-Since' /run/asked`,
  },
  {
    title: 'whose server tells nothing of its age',
    before: gone,
    states: download(`url: ${port}/silent`, 'refresh: true'),
    after: holdsHello,
  },
  {
    title: 'whose server is gone, though it was to be asked',
    states: download('url: http://127.0.0.1:1/x', 'refresh: true'),
    outcome: 'failed',
    says: /127.0.0.1:1\/x.*connect/i,
    after: holdsHello,
  },
  {
    title: 'that takes too long',
    before: `${gone}; systemd-run -q --unit lab-slow python3 -c "import socket,time; s=socket.create_server(('127.0.0.1',8002)); c=[]\nwhile True: c.append(s.accept())"`,
    states: `${download('url: http://127.0.0.1:8002/x')}  timeout: 1\n`,
    ...refused,
    says: /127.0.0.1:8002\/x: .*(timed out|no answer)/,
  },
  {
    title: 'that its command refuses',
    states: download(`url: ${port}/plain`, 'validate: grep -q other %s'),
    ...refused,
    says: /refused by its validate command/,
  },
  {
    title: 'in place of a link, unasked',
    before: 'ln -s /srv/elsewhere /srv/got/it',
    states: download(`url: ${port}/plain`),
    outcome: 'failed',
    says: /is a symbolic link/,
  },
  {
    title: 'to a directory that an earlier state makes, and a copy of it',
    before: 'rm -rf /srv/got',
    states: `dir:\n  file.directory: /srv/got\n${download(`url: ${port}/plain`, `checksum: "sha256:${hello}"`)}copy:\n  file.copy: { path: /srv/got/copy, source: /srv/got/it }\n`,
    after: '[ "$(cat /srv/got/copy)" = hello ]',
  },
  {
    title: 'without curl, by wget of busybox',
    before: `${gone}; mv /usr/bin/curl /usr/bin/curl.away; ln -s /bin/busybox /usr/local/bin/wget`,
    states: download(`url: ${port}/plain`, `checksum: "sha256:${hello}"`),
    after: holdsHello,
  },
  {
    title: 'that is secret, for which that is not fit',
    before: gone,
    states: download(`url: ${port}/secret`, 'username: me', 'password: x'),
    outcome: 'failed',
    says: /unavailable: curl/,
  },
  { title: 'by wget of busybox, that is not there', states: download(`url: ${port}/none`), ...refused, says: /404/ },
  {
    title: 'with neither curl nor wget',
    before: 'rm /usr/local/bin/wget',
    states: download(`url: ${port}/plain`),
    outcome: 'failed',
    says: /unavailable: curl/,
    after: 'mv /usr/bin/curl.away /usr/bin/curl; mv /usr/bin/curl /usr/bin/curl.away',
  },
]

const extract = (...more: readonly string[]): string =>
  ['app:', '  archive.extracted:', '    path: /srv/app', ...more.map((line) => `    ${line}`), ''].join('\n')

const release = tarOf([
  { name: 'app-1/bin/run', text: 'one\n', mode: 0o755 },
  { name: 'app-1/README.md', text: 'read me\n' },
  { name: 'app-1/ü b/c.txt', text: 'ü\n' },
])
const files = { 'files/app.bin': release }
const noApp = 'rm -rf /srv/app'
const isRelease = lines(
  'cd /srv/app && [ "$(cat bin/run README.md "ü b/c.txt")" = "$(printf "one\\nread me\\nü")" ]',
  '[ "$(stat -c "%a %U" bin/run . | tr "\\n" " ")" = "755 root 755 root " ] && [ "$(ls -A /srv | grep -c "^[.]prove")" = 0 ]',
)
/** Makes an archive of /srv/new in the way that its name says. */
const archived = (name: string): string =>
  `rm -rf /srv/new; mkdir -p "/srv/new/app-1/bin" "/srv/new/app-1/ü b"; cd /srv/new/app-1; echo one >bin/run; chmod 755 bin/run; echo 'read me' >README.md; echo ü >"ü b/c.txt"; cd ..; rm -f /srv/${name}; ${name.endsWith('.zip') ? `zip -qr /srv/${name} app-1` : `tar -caf /srv/${name} app-1`}`

const archives: readonly HostCase[] = [
  {
    title: 'of the catalog, which does not exist yet',
    before: noApp,
    states: extract('source: prove://app.bin', 'strip: 1'),
    files,
    after: isRelease,
  },
  {
    title: 'of the catalog, which has changed; what else is there stays',
    before: 'echo mine >/srv/app/mine; chmod 700 /srv/app',
    states: extract('source: prove://app.bin', 'strip: 1'),
    files: { 'files/app.bin': tarOf([{ name: 'app-2/bin/run', text: 'two\n', mode: 0o755 }]) },
    after:
      'cd /srv/app && [ "$(cat bin/run README.md mine)" = "$(printf "two\\nread me\\nmine")" ] && [ "$(stat -c %a .)" = 700 ]',
  },
  ...['a.tar', 'a.tar.gz', 'a.tgz', 'a.tar.bz2', 'a.tar.xz', 'a.tar.zst', 'a.zip'].map((name) => ({
    title: `on the host, ${name}`,
    before: `${noApp}; ${archived(name)}`,
    states: extract(`archive: /srv/${name}`, 'strip: 1'),
    after: isRelease,
  })),
  {
    title: 'of a name that says something else than its content',
    before: `${noApp}; ${archived('a.tar.xz')}; mv /srv/a.tar.xz "/srv/it's \\$x.zip"`,
    states: extract(`archive: "/srv/it's $x.zip"`, 'strip: 1'),
    after: isRelease,
  },
  {
    title: 'into a directory that an earlier state makes, with owner and modes',
    before: noApp,
    states: `dir:\n  file.directory: { path: /srv/app, mode: "0750" }\n${extract('source: prove://app.bin', 'owner: nobodys', 'group: www-data', 'file_mode: "0640"', 'directory_mode: "0710"')}`,
    files,
    after: lines(
      'cd /srv/app && [ "$(stat -c "%a %U %G" app-1 app-1/bin app-1/bin/run | tr "\\n" ,)" = "710 nobodys www-data,710 nobodys www-data,640 nobodys www-data," ]',
      '[ "$(stat -c "%a %U" .)" = "750 root" ]',
    ),
  },
  {
    title: 'again, when its owner is another',
    states: extract('source: prove://app.bin', 'owner: root'),
    files,
    after: '[ "$(stat -c %U /srv/app/app-1/bin/run)" = root ]',
  },
  {
    title: 'not again, though a file of it is gone, until its stamp is',
    before: 'rm -r /srv/app/app-1/bin',
    states: extract('source: prove://app.bin', 'owner: root'),
    files,
    outcome: 'ok',
  },
  {
    title: 'whose stamp is gone',
    before: 'rm /srv/app/.prove-extracted',
    states: extract('source: prove://app.bin', 'owner: root'),
    files,
    after: '[ -e /srv/app/app-1/bin/run ]',
  },
  {
    title: 'without what is excluded',
    before: noApp,
    states: extract('source: prove://app.bin', 'strip: 1', 'exclude: ["*.md", "/ü *"]'),
    files,
    after: '[ "$(cd /srv/app; find . | sort | tr "\\n" " ")" = ". ./.prove-extracted ./bin ./bin/run " ]',
  },
  {
    title: 'of which nothing is left',
    before: noApp,
    states: extract('source: prove://app.bin', 'include: "*.html"'),
    files,
    outcome: 'failed',
    isForeseen: false,
    says: /nothing of the archive is left/,
    after: '! [ -e /srv/app ]',
  },
  {
    title: 'two of them in one directory, each with a stamp',
    before: noApp,
    states: `${extract('source: prove://app.bin')}more:\n  archive.extracted: { path: /srv/app, source: "prove://more.zip", stamp: .more, create_parents: true }\n`,
    files: { ...files, 'files/more.zip': zipOf([{ name: 'é/x', text: 'x' }]) },
    after: '[ "$(ls -A /srv/app | tr "\\n" " ")" = ".more .prove-extracted app-1 é " ]',
  },
  {
    title: 'that an earlier state copies, and something that is made out of it',
    before: `${noApp}; ${archived('a.tar.gz')}; rm -f /srv/b.tar.gz`,
    states: `copy:\n  file.copy: { path: /srv/b.tar.gz, source: /srv/a.tar.gz }\n${extract('archive: /srv/b.tar.gz', 'strip: 1')}link:\n  file.link: { path: /srv/app/current, target: bin }\ntool:\n  file.copy: { path: /srv/tool, source: /srv/app/bin/run }\n`,
    after: '[ "$(cat /srv/app/current/run /srv/tool)" = "$(printf "one\\none")" ]',
  },
  {
    title: 'of a server, with a table of checksums',
    before: `${noApp}; ${startServer}; ${archived('mirror/app.tar.gz')}; cd /srv/mirror; sha256sum *.gz >SUMS; rm -f /run/asked`,
    states: extract(
      `url: ${port}/app.tar.gz?x=1`,
      `checksum_url: ${port}/SUMS`,
      'strip: 1',
      'headers: { X-Token: abc }',
    ),
    after: `${isRelease} && grep -q '^/app.tar.gz.x=1.*X-Token' /run/asked && ! grep -r abc /srv/app`,
  },
  {
    title: 'of a server, where nothing has changed: it is not asked for it',
    before: 'rm -f /run/asked',
    states: extract(
      `url: ${port}/app.tar.gz?x=1`,
      `checksum_url: ${port}/SUMS`,
      'strip: 1',
      'headers: { X-Token: other }',
    ),
    outcome: 'ok',
    after: '! grep app.tar.gz /run/asked',
  },
  {
    title: 'of a server, where the table has changed',
    before: `${archived('mirror/app.tar.gz')}; cd /srv/new; echo two >app-1/bin/run; tar -czf /srv/mirror/app.tar.gz app-1; cd /srv/mirror; sha256sum *.gz >SUMS`,
    states: extract(`url: ${port}/app.tar.gz`, `checksum_url: ${port}/SUMS`, 'strip: 1'),
    after: '[ "$(cat /srv/app/bin/run)" = two ]',
  },
  {
    title: 'of a server, with a checksum that it does not have',
    states: extract(`url: ${port}/app.tar.gz`, `checksum: "sha256:${'0'.repeat(64)}"`),
    outcome: 'failed',
    isForeseen: false,
    says: /expected sha256 000/,
    after: '[ "$(cat /srv/app/bin/run)" = two ] && [ "$(ls -A /srv/app | grep -c prove)" = 1 ]',
  },
  {
    title: 'of a server that breaks off',
    before: noApp,
    states: extract(`url: ${port}/cut.tar.gz`),
    outcome: 'failed',
    isForeseen: false,
    says: /cut.tar.gz: /,
    after: '! [ -e /srv/app ] && ! ls -A /srv | grep ^.prove',
  },
  {
    title: 'that is not there',
    states: extract('archive: /srv/none.tar'),
    outcome: 'failed',
    says: /"\/srv\/none.tar" does not exist/,
  },
  {
    title: 'with names outside of it',
    states: extract('source: prove://evil'),
    files: {
      'files/evil': tarOf([
        { name: 'a', text: 'x' },
        { name: '../evil', text: 'x' },
      ]),
    },
    outcome: 'failed',
    isForeseen: false,
    says: /outside of the destination: \.\.\/evil/,
    after: '! [ -e /srv/evil ] && ! [ -e /srv/app ]',
  },
  {
    title: 'with a link out of it',
    states: extract('source: prove://evil'),
    files: { 'files/evil': zipOf([{ name: 'a/l', link: '../../etc' }]) },
    outcome: 'failed',
    isForeseen: false,
    says: /a link out of the destination: a\/l -> \.\.\/\.\.\/etc/,
    after: '! [ -e /srv/app ]',
  },
  {
    title: 'into a link',
    before: 'mkdir -p /srv/elsewhere; ln -s /srv/elsewhere /srv/app',
    states: extract('source: prove://app.bin'),
    files,
    outcome: 'failed',
    says: /name the directory that it leads to/,
    after: '! [ -e /srv/elsewhere/app-1 ]',
  },
  {
    title: 'through a link that is in it',
    before: 'rm /srv/app; mkdir /srv/app; ln -s /srv/elsewhere /srv/app/app-1',
    states: extract('source: prove://app.bin'),
    files,
    outcome: 'failed',
    isForeseen: false,
    says: /"\/srv\/app\/app-1" is a symbolic link/,
    after: '! [ -e /srv/elsewhere/bin ] && [ "$(ls -A /srv/app)" = app-1 ]',
  },
  {
    title: 'without the program that unpacks it',
    before: `${noApp}; ${archived('a.zip')}; mv /usr/bin/unzip /usr/bin/unzip.away`,
    states: extract('archive: /srv/a.zip'),
    outcome: 'failed',
    says: /unavailable: unzip/,
  },
  {
    title: 'by the programs of busybox',
    before: 'ln -s /bin/busybox /usr/local/bin/unzip; ln -s /bin/busybox /usr/local/bin/tar',
    states: `${extract('archive: /srv/a.zip', 'strip: 1')}tar:\n  archive.extracted: { path: /srv/app/tar, source: prove://app.bin }\n`,
    files,
    after: `${isRelease} && [ "$(cat /srv/app/tar/app-1/bin/run)" = one ]; rm /usr/local/bin/unzip /usr/local/bin/tar`,
    second: 'ok',
  },
]

hostCases('trees', trees)
hostCases('copies', copies, { beside: copyGround })
hostCases('downloads', downloads, { beside: downloadGround })
hostCases('archives', archives, { beside: archiveGround })
