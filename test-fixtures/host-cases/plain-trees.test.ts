import { plainTreeGround } from '../beside/transfer-ground.js'
import { hostCases } from '../hosts/host-cases.js'
import { freshTree, treeState } from './tree-state.js'

const site = {
  'files/site/index.html': '<h1>hello</h1>\n',
  'files/site/css/site.css': 'body {}\n',
  'files/site/css/a.css': 'a {}\n',
  'files/site/bin/run': { script: '#!/bin/sh\n' },
  'files/site/blob': Buffer.from([0, 255, 10, 13, 0]),
}

const extra = '    delete_extra: true\n'

/** Trees without templates, which neither copy nor rsync knows. */
hostCases(
  'plain trees',
  [
    {
      title: 'where nothing is yet',
      states: treeState('    create_parents: true\n'),
      files: site,
      after: 'cd /srv/www && [ "$(stat -c %a css css/a.css bin/run | tr "\\n" " ")" = "755 644 755 " ]',
    },
    { title: 'as it is', states: treeState(), files: site, outcome: 'ok' },
    {
      title: 'content and a mode that differ, a file that is missing, and what else is there',
      before: 'cd /srv/www; echo old >index.html; chmod 600 css/a.css; rm bin/run; echo mine >css/mine',
      states: treeState(),
      files: site,
      after: 'cd /srv/www && [ "$(cat index.html css/mine)" = "$(printf "<h1>hello</h1>\\nmine")" ] && [ -x bin/run ]',
    },
    {
      title: 'owner, group and modes',
      before: freshTree,
      states: treeState('    owner: nobody\n    group: www-data\n    file_mode: "0640"\n    directory_mode: "2750"\n'),
      files: site,
      after:
        '[ "$(stat -c %a:%U:%G /srv/www/css /srv/www/css/a.css | tr "\\n" " ")" = "2750:nobody:www-data 640:nobody:www-data " ]',
    },
    {
      title: 'links, which are not followed, one of which leads elsewhere already',
      before: `${freshTree}; ln -s old /srv/www/latest`,
      states: treeState(),
      files: { ...site, 'files/site/latest': { link: 'css' }, 'files/site/none': { link: '../none' } },
      after: '[ "$(readlink /srv/www/latest /srv/www/none | tr "\\n" " ")" = "css ../none " ]',
    },
    {
      title: 'an empty directory',
      before: freshTree,
      states: treeState(),
      files: { 'files/site/empty/deep/': '' },
      after: '[ -d /srv/www/empty/deep ]',
    },
    {
      title: 'names that a shell would take apart',
      before: freshTree,
      states: treeState(),
      files: { 'files/site/it\'s "$HOME" `x`/-rf': 'a', 'files/site/-n': 'b', 'files/site/über ß/*': 'c' },
      after: `[ "$(cd /srv/www; cat ./it*/-rf ./-n ./über*/*)" = abc ]`,
    },
    {
      title: 'a file in the place of a directory',
      before: `${freshTree}; echo x >/srv/www/css`,
      states: treeState(),
      files: site,
      outcome: 'failed',
      after: '[ "$(cat /srv/www/css)" = x ]',
    },
    {
      title: 'a directory in the place of a file',
      before: `${freshTree}; mkdir /srv/www/index.html`,
      states: treeState(),
      files: site,
      outcome: 'failed',
      after: '[ -d /srv/www/index.html ]',
    },
    {
      title: 'a link in the place of a file',
      before: `${freshTree}; echo theirs >/srv/www/theirs; ln -s theirs /srv/www/index.html`,
      states: treeState(),
      files: site,
      outcome: 'failed',
      says: /symbolic link/,
      after: '[ "$(cat /srv/www/theirs)" = theirs ]',
    },
    {
      title: 'what else is there goes: files, directories, and links, of which nothing is followed',
      before: `${freshTree}; cd /srv/www; mkdir -p old/deep css; echo x >old/deep/x; echo x >css/mine; echo kept >../kept; ln -s ../kept link; ln -s /srv ./-all`,
      states: treeState(extra),
      files: site,
      after: `cd /srv/www && [ "$(find . | sort | tr '\\n' ' ')" = ". ./bin ./bin/run ./blob ./css ./css/a.css ./css/site.css ./index.html " ] && [ -e ../kept ]`,
    },
    { title: 'and nothing where there is nothing else', states: treeState(extra), files: site, outcome: 'ok' },
    {
      title: 'what is excluded is left alone, here and there',
      before: `cd /srv/www; mkdir -p cache/x log; echo 1 >cache/x/y; echo 2 >log/a.log; echo 3 >log/old; echo theirs >local.conf`,
      states: treeState(`${extra}    exclude: [/cache, "*.log", local.conf]\n`),
      files: { ...site, 'files/site/local.conf': 'ours', 'files/site/cache/z': 'ours', 'files/site/b.log': 'ours' },
      after: `cd /srv/www && [ "$(cat cache/x/y log/a.log local.conf | tr '\\n' ' ')" = "1 2 theirs " ] && ! [ -e log/old ] && ! [ -e cache/z ] && ! [ -e b.log ]`,
    },
    {
      title: 'a directory in the place of a file, and a file in the place of a directory: they are replaced',
      before: `${freshTree}; mkdir -p /srv/www/index.html/deep; echo x >/srv/www/css`,
      states: treeState(extra),
      files: site,
      after: '[ -f /srv/www/index.html ] && [ -f /srv/www/css/a.css ]',
    },
  ],
  { beside: plainTreeGround },
)
