import { gitGround } from '../beside/system-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

const me =
  'export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org GIT_AUTHOR_DATE=2024-01-01T00:00:00Z GIT_COMMITTER_DATE=2024-01-01T00:00:00Z'

/** Adds a commit to the repository, by a checkout that nobody else uses. */
const commits = (file: string, text: string, more = ''): string =>
  `cd /root/work && git checkout -q main && echo '${text}' >'${file}' && git add -A && git commit -q -m '${text}' && git push -q origin main ${more}`

const first = `
${me}
git config --global protocol.file.allow always
mkdir -p /srv/git && cd /srv/git && git init -q --bare -b main app.git && git init -q --bare -b main lib.git
for r in lib app; do git clone -q $r.git /root/$r 2>/dev/null; cd /root/$r; git checkout -q -b main; echo $r >file; git add file; git commit -q -m one; git push -q origin main; cd /srv/git; done
mv /root/app /root/work; cd /root/work; git tag -a -m v1 v1.0; git push -q origin v1.0; git checkout -q -b dev; echo dev >dev; git add dev; git commit -q -m dev; git push -q origin dev`

const app = (more = ''): string => `app:\n  git.checkout: { path: /srv/app, repo: "file:///srv/git/app.git"${more} }\n`
const isAt = (ref: string): string =>
  `[ "$(git -C /srv/app rev-parse HEAD)" = "$(git -C /srv/git/app.git rev-parse '${ref}^{commit}')" ]`
const onBranch = (name: string): string => `[ "$(git -C /srv/app symbolic-ref -q --short HEAD)" = '${name}' ]`

/** A repository NAME with a commit, of which /root/NAME is a checkout, and then what is done there. */
const own = (name: string, then: string): string =>
  `${me}; git config --global protocol.file.allow always; git init -q --bare -b main /srv/git/${name}.git && git clone -q /srv/git/${name}.git /root/${name} 2>/dev/null; cd /root/${name} && git checkout -q -b main; echo 1 >file; git add file; git commit -q -m one; git push -q origin main; ${then}`
const push = 'git add -A; git commit -q -m more; git push -q origin main'
const kept = (name: string, more = ''): string =>
  `app:\n  git.checkout: { path: /srv/${name}, repo: /srv/git/${name}.git${more} }\n`

const cases: readonly HostCase[] = [
  {
    title: 'a repository that is not there: in the words of git',
    states: app(),
    outcome: 'failed',
    says: /cannot reach "file:.*does not appear to be a git repository|does not exist/,
  },
  {
    title: 'a new checkout, at the branch that the repository begins with',
    before: first,
    states: app(),
    after: `${isAt('main')} && ${onBranch('main')} && [ -z "$(git -C /srv/app status --porcelain)" ]`,
  },
  {
    title: 'the branch went on',
    before: `${me}; ${commits('more', 'two')}`,
    states: app(', ref: main'),
    after: `${isAt('main')} && [ -e /srv/app/more ]`,
  },
  {
    title: 'another branch',
    states: app(', ref: dev'),
    after: `${isAt('dev')} && ${onBranch('dev')} && git -C /srv/app rev-parse -q --verify main >/dev/null`,
  },
  { title: 'a tag', states: app(', ref: v1.0'), after: `${isAt('v1.0')} && ! git -C /srv/app symbolic-ref -q HEAD` },
  {
    title: 'the tag was moved',
    before: `${me}; cd /root/work && git checkout -q main && git tag -f v1.0 2>/dev/null >&2 && git push -qf origin v1.0`,
    states: app(', ref: v1.0'),
    after: `${isAt('v1.0')} && ${isAt('main')}`,
  },
  {
    title: 'the branch was rewritten: nobody’s work is lost',
    before: `${me}; git -C /srv/app checkout -q main; cd /root/work && git checkout -q main && git commit -q --amend -m other && git push -qf origin main`,
    states: app(', ref: main'),
    after: `${isAt('main')} && ${onBranch('main')}`,
  },
  {
    title: 'a changed file, which is named and kept',
    before: `${me}; ${commits('more', 'three')}; echo mine >/srv/app/file; echo mine >/srv/app/unknown`,
    states: app(', ref: main'),
    outcome: 'failed',
    says: /local changes: M file; force would/,
    after: 'grep -qx mine /srv/app/file',
  },
  {
    title: 'with force: what git knows is as in the repository, and what it does not know stays',
    states: app(', ref: main, force: true'),
    after: `${isAt('main')} && grep -qx app /srv/app/file && grep -qx mine /srv/app/unknown`,
  },
  {
    title: 'a changed file where nothing is to be done',
    before: 'echo mine >>/srv/app/file',
    states: app(', ref: main'),
    outcome: 'ok',
  },
  {
    title: 'a file in the way that git does not know: in its words, and kept',
    before: `${me}; git -C /srv/app checkout -q file; ${commits('unknown', 'theirs')}`,
    states: app(', ref: main'),
    outcome: 'failed',
    isForeseen: false,
    says: /unknown/,
    after: 'grep -qx mine /srv/app/unknown',
  },
  {
    title: 'a commit that the repository does not have',
    before: `${me}; cd /srv/app; rm unknown; git commit -q --allow-empty -m mine`,
    states: app(', ref: main'),
    outcome: 'failed',
    says: /a commit that the repository does not have/,
    after: `[ "$(git -C /srv/app log -1 --format=%s)" = mine ]`,
  },
  { title: 'a commit of its own, with force', states: app(', ref: main, force: true'), after: isAt('main') },
  {
    title: 'a commit that there is not: in the words of git',
    states: app(', ref: "1111111111111111111111111111111111111111"'),
    outcome: 'failed',
    isForeseen: false,
    says: /1111111111/,
  },
  { title: 'a ref that there is not', states: app(', ref: v9'), outcome: 'failed', says: /no branch or tag "v9"/ },
  {
    title: 'one commit of the history is enough',
    states: 'app:\n  git.checkout: { path: /srv/shallow, repo: "file:///srv/git/app.git", ref: main, depth: 1 }\n',
    after: '[ "$(git -C /srv/shallow rev-list --count HEAD)" = 1 ]',
  },
  {
    title: 'and goes on so',
    before: `${me}; ${commits('more', 'five')}`,
    states: 'app:\n  git.checkout: { path: /srv/shallow, repo: "file:///srv/git/app.git", ref: main, depth: 1 }\n',
    after: '[ "$(git -C /srv/shallow rev-list --count HEAD)" = 1 ] && grep -qx five /srv/shallow/more',
  },
  {
    title: 'submodules',
    before: `${me}; cd /root/work && git checkout -q main && git submodule -q add file:///srv/git/lib.git 'libs/a b' && git commit -q -m sub && git push -q origin main`,
    states: app(', ref: main, submodules: true'),
    after: `${isAt('main')} && grep -qx lib '/srv/app/libs/a b/file'`,
  },
  {
    title: 'a submodule that is gone',
    before: `git -C /srv/app submodule -q deinit -f --all`,
    states: app(', ref: main, submodules: true'),
    after: `grep -qx lib '/srv/app/libs/a b/file'`,
  },
  {
    title: 'another repository',
    before: 'cp -a /srv/git/app.git /srv/git/moved.git',
    states: 'app:\n  git.checkout: { path: /srv/app, repo: /srv/git/moved.git, ref: main }\n',
    after: '[ "$(git -C /srv/app config remote.origin.url)" = /srv/git/moved.git ]',
  },
  {
    title: 'over ssh to a host that nobody knows: in the words of ssh',
    before: `ssh-keygen -q -t ed25519 -N '' -f '/root/.ssh/deploy key'; cat '/root/.ssh/deploy key.pub' >>/home/asked/.ssh/authorized_keys; cp -a /srv/git/app.git /home/asked/app.git; chown -R asked: /home/asked/app.git`,
    states: 'app:\n  git.checkout: { path: /srv/ssh, repo: "asked@localhost:app.git", key: /root/.ssh/deploy key }\n',
    outcome: 'failed',
    says: /Host key verification failed/,
  },
  {
    title: 'over ssh with a key, to a host whose key is taken for true',
    states:
      'app:\n  git.checkout: { path: /srv/ssh, repo: "asked@localhost:app.git", key: /root/.ssh/deploy key, accept_host_key: true }\n',
    isForeseen: false,
    after: '[ "$(git -C /srv/ssh symbolic-ref --short HEAD)" = main ] && ! grep -rq "deploy key" /srv/ssh/.git',
  },
  {
    title: 'over ssh with a key that nobody takes',
    before: `ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/other`,
    states: 'app:\n  git.checkout: { path: /srv/ssh2, repo: "asked@localhost:app.git", key: /root/.ssh/other }\n',
    outcome: 'failed',
    says: /Permission denied/,
  },
  {
    title: 'as another user, whose it is',
    states: `app:\n  git.checkout: { path: "/srv/www/my app's", repo: /home/asked/app.git, user: asked, create_parents: true }\n`,
    after: `[ "$(stat -c %U "/srv/www/my app's/file" "/srv/www/my app's/.git/HEAD" | sort -u)" = asked ]`,
  },
  {
    title: 'of another user: not touched as root',
    states: `app:\n  git.checkout: { path: "/srv/www/my app's", repo: /home/asked/app.git }\n`,
    outcome: 'failed',
    says: /belongs to another user/,
  },
  {
    title: 'a password in the URL, which nobody sees',
    states: 'app:\n  git.checkout: { path: /srv/http, repo: "http://me:geheim@localhost:9/app.git" }\n',
    outcome: 'failed',
    says: /^site:app: git cannot reach "http:\/\/localhost:9\/app.git": (?!.*geheim)/,
  },
  {
    title: 'something else at the path',
    before: 'mkdir -p /srv/full && echo >/srv/full/x',
    states: 'app:\n  git.checkout: { path: /srv/full, repo: /srv/git/app.git }\n',
    outcome: 'failed',
    says: /no checkout of git, and not empty/,
  },
  {
    title: 'begun, and cut off',
    before: 'mkdir -p /srv/begun && git -C /srv/begun init -q 2>/dev/null',
    states: 'app:\n  git.checkout: { path: /srv/begun, repo: /srv/git/app.git, ref: dev }\n',
    after: '[ -e /srv/begun/dev ]',
  },
  {
    title: 'kept: commits of the branch that the repository begins with, where another one is checked out',
    before: own(
      'begins',
      `git push -q origin main:dev; git clone -q /srv/git/begins.git /srv/begins; cd /srv/begins; git commit -q --allow-empty -m mine; git checkout -q -b dev origin/dev; cd /root/begins; echo 2 >file; ${push}`,
    ),
    states: kept('begins'),
    outcome: 'failed',
    says: /a commit that the repository does not have/,
    after: '[ "$(git -C /srv/begins log -1 --format=%s main)" = mine ]',
  },
  {
    title: 'kept: a branch that nothing is done to may have commits of its own',
    before: `cd /srv/begins; git branch -q mine main; git branch -q -f main origin/main; git checkout -q mine`,
    states: kept('begins'),
    after: '[ "$(git -C /srv/begins log -1 --format=%s mine)" = mine ] && grep -qx 2 /srv/begins/file',
  },
  {
    title: 'kept: an ignored file of the host that the next commit has, in the words of git',
    before: own(
      'ignores',
      `echo .env >.gitignore; ${push}; git clone -q /srv/git/ignores.git /srv/ignores; echo mine >/srv/ignores/.env; echo theirs >.env; git add -f .env; ${push}`,
    ),
    states: kept('ignores'),
    outcome: 'failed',
    isForeseen: false,
    says: /\.env/,
    after: 'grep -qx mine /srv/ignores/.env',
  },
  {
    title: 'kept no more: an ignored file, with force',
    states: kept('ignores', ', force: true'),
    after: 'grep -qx theirs /srv/ignores/.env',
  },
  {
    title: 'kept: a commit inside a submodule',
    before: `${own('inner', ':')}; ${own(
      'outer',
      `git submodule -q add /srv/git/inner.git inner; ${push}; git clone -q --recurse-submodules /srv/git/outer.git /srv/outer 2>/dev/null; cd /srv/outer/inner; git checkout -q --detach; git commit -q --allow-empty -m mine; cd /root/outer; echo 2 >file; ${push}`,
    )}`,
    states: kept('outer', ', submodules: true'),
    outcome: 'failed',
    says: /a commit that the repository does not have/,
    after: '[ "$(git -C /srv/outer/inner log -1 --format=%s)" = mine ]',
  },
  {
    title: 'kept no more: a commit inside a submodule, with force',
    states: kept('outer', ', submodules: true, force: true'),
    after: '[ "$(git -C /srv/outer/inner log -1 --format=%s)" = one ] && grep -qx 2 /srv/outer/file',
  },
]

hostCases('git', cases, { beside: gitGround })
