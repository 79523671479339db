import { type HostCase, hostCases } from '../hosts/host-cases.js'

const tree = (more = ''): string => `site:\n  file.tree:\n    path: /srv/www\n    source: prove://site\n${more}`

const site = {
  'files/site/index.html.njk': '<h1>{{ facts.os }}</h1>\n',
  'files/site/css/site.css': 'body {}\n',
  'files/site/css/a.css': 'a {}\n',
  'files/site/bin/run': { script: '#!/bin/sh\n' },
}

const fresh = 'rm -rf /srv/www; mkdir /srv/www'
const lines = (...all: readonly string[]): string => all.join('\n')

const trees: readonly HostCase[] = [
  {
    title: 'where nothing is yet, with a template and a script',
    states: tree('    create_parents: true\n').replace('/srv/www', '/srv/new/www'),
    files: site,
    after: lines(
      'cd /srv/new/www && [ "$(cat index.html)" = "<h1>debian</h1>" ] && ! [ -e index.html.njk ]',
      '[ "$(stat -c %a css css/a.css bin/run | tr "\\n" " ")" = "755 644 755 " ]',
    ),
  },
  {
    title: 'no directory for it',
    states: tree().replace('/srv/www', '/srv/none/www'),
    files: site,
    outcome: 'failed',
    says: /create_parents/,
  },
  {
    title: 'content, modes and a target that differ, and what else is there',
    before: `${fresh}; cd /srv/www; mkdir -m 700 css; echo old >css/a.css; cp /dev/null css/site.css; chmod 600 css/site.css; echo mine >css/mine; ln -s a css/l`,
    states: tree(),
    files: { ...site, 'files/site/css/l': { link: 'b' } },
    after: lines(
      'cd /srv/www && [ "$(cat css/a.css css/site.css css/mine)" = "$(printf "a {}\\nbody {}\\nmine")" ]',
      '[ "$(stat -c %a css css/site.css | tr "\\n" " ")" = "700 644 " ] && [ "$(readlink css/l)" = b ]',
    ),
  },
  {
    title: 'owner and modes, of links and the directory itself too',
    before: fresh,
    states: tree('    owner: nobodys\n    group: www-data\n    file_mode: "0640"\n    directory_mode: "2750"\n'),
    files: { ...site, 'files/site/latest': { link: 'css' } },
    after: lines(
      'cd /srv/www && ! find . ! -user nobodys -o ! -group www-data | grep .',
      '[ "$(stat -c %a . css css/a.css bin/run | tr "\\n" " ")" = "2750 2750 640 640 " ]',
    ),
  },
  {
    title: 'names that a shell would take apart',
    before: fresh,
    states: tree(),
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
    before: `${fresh}; echo secret >/root/secret`,
    states: tree('    delete_extra: true\n'),
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
    before: `${fresh}; mkdir -p /srv/www/cache/x /srv/www/log; echo 1 >/srv/www/cache/x/y; echo 2 >/srv/www/log/a.log; echo 3 >/srv/www/log/old; echo theirs >/srv/www/local.conf`,
    states: tree('    delete_extra: true\n    exclude: [/cache, "*.log", local.conf]\n'),
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
    before: `${fresh}; mkdir /srv/www/css; echo x >/srv/www/css/old.css; echo x >/srv/www/old.html`,
    states: tree('    delete_extra: true\n    include: "css/**/*.css"\n'),
    files: { ...site, 'files/site/css/deep/b.css': 'b' },
    after:
      'cd /srv/www && [ "$(find . -type f | sort | tr "\\n" " ")" = "./css/a.css ./css/deep/b.css ./css/site.css ./old.html " ]',
  },
  {
    title: 'what the folder no longer has goes, files and directories',
    before: `${fresh}; cd /srv/www; mkdir -p old/deep css "a b"; touch old/1 old/deep/2 css/old.css "a b/c"; ln -s /etc old/etc; mkfifo pipe`,
    states: tree('    delete_extra: true\n'),
    files: site,
    after:
      '[ "$(cd /srv/www; find . -mindepth 1 | sort | tr "\\n" " ")" = "./bin ./bin/run ./css ./css/a.css ./css/site.css ./index.html " ] && [ -e /etc/passwd ]',
  },
  {
    title: 'nothing that is mounted goes',
    before: `${fresh}; mkdir -p /srv/www/old/data; mount -t tmpfs none /srv/www/old/data; echo x >/srv/www/old/data/x`,
    states: tree('    delete_extra: true\n'),
    files: site,
    outcome: 'failed',
    says: /mounted at or below "\/srv\/www\/old"; exclude/,
    after: '[ -e /srv/www/old/data/x ] && ! [ -e /srv/www/css ]',
  },
  {
    title: 'what is mounted is left alone where it is excluded',
    states: tree('    delete_extra: true\n    exclude: /old/data\n'),
    files: site,
    after: '[ -e /srv/www/old/data/x ] && [ -e /srv/www/css/a.css ] && umount /srv/www/old/data',
  },
  {
    title: 'a directory that is a link elsewhere is not written through',
    before: `${fresh}; mkdir -p /srv/elsewhere; ln -s /srv/elsewhere /srv/www/css`,
    states: tree(),
    files: site,
    outcome: 'failed',
    says: /"\/srv\/www\/css" is a symbolic link/,
    after: '! [ -e /srv/elsewhere/a.css ]',
  },
  {
    title: 'but replaced with delete_extra',
    before: 'echo theirs >/srv/elsewhere/a.css',
    states: tree('    delete_extra: true\n'),
    files: site,
    after:
      '[ "$(cat /srv/elsewhere/a.css)" = theirs ] && ! [ -L /srv/www/css ] && [ "$(cat /srv/www/css/a.css)" = "a {}" ]',
  },
  {
    title: 'files and directories that changed places',
    before: `${fresh}; mkdir -p /srv/www/index.html/x; echo y >/srv/www/index.html/x/y; echo z >/srv/www/css; ln -s css /srv/www/bin`,
    states: tree('    delete_extra: true\n'),
    files: site,
    after: '[ -f /srv/www/index.html ] && [ -f /srv/www/css/a.css ] && [ -d /srv/www/bin ]',
  },
  {
    title: 'the directory itself is a link',
    before: 'rm -rf /srv/www; ln -s /srv/elsewhere /srv/www',
    states: tree('    delete_extra: true\n'),
    files: site,
    outcome: 'failed',
    says: /name the directory that it leads to/,
    after: '[ -e /srv/elsewhere/a.css ]',
  },
  {
    title: 'into a directory that an earlier state makes, beside a file that another keeps',
    before: 'rm -rf /srv/www',
    states: `root:\n  file.directory: { path: /srv/www, mode: "0750" }\nmine:\n  file.managed: { path: /srv/www/mine, content: hello }\n${tree('    delete_extra: true\n    exclude: mine\n')}`,
    files: site,
    after: '[ "$(stat -c %a /srv/www)" = 750 ] && [ "$(cat /srv/www/mine)" = hello ]',
  },
  {
    title: 'a folder of a component, and binary content',
    before: fresh,
    states: 'include: [{ component: app }]\n',
    files: {
      'components/app/states/main.yml': tree(),
      'components/app/files/site/blob': Buffer.from([0, 255, 10, 13, 0]),
      'files/site/other': 'not this one',
    },
    after: '[ "$(od -An -tx1 /srv/www/blob)" = " 00 ff 0a 0d 00" ] && ! [ -e /srv/www/other ]',
  },
  {
    title: 'a hard link is not broken unasked',
    before: `${fresh}; cd /srv/www; mkdir css; echo x >css/a.css; ln css/a.css /srv/other-name`,
    states: tree(),
    files: site,
    outcome: 'failed',
    says: /2 names/,
    after: '[ "$(cat /srv/other-name)" = x ]',
  },
  {
    title: 'a thousand files, in many directories',
    before: fresh,
    states: tree('    delete_extra: true\n'),
    files: Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`files/site/d${i % 20}/s${i % 3}/f${i}`, `content ${i}\n`]),
    ),
    after: '[ "$(find /srv/www -type f | wc -l)" = 1000 ] && [ "$(cat /srv/www/d7/s1/f487)" = "content 487" ]',
  },
  {
    title: 'of these most no longer',
    states: tree('    delete_extra: true\n'),
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
    before: `rm -rf /srv/to; mkdir "/srv/it's \\$x"; head -c 30000000 /dev/urandom >"/srv/it's \\$x/-f 1"`,
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

hostCases('trees', trees)
hostCases('copies', copies)
