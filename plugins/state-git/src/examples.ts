import type { Example } from '@prove/core'

const repository = `
mkdir -p /srv/git && cd /srv/git
git init -q --bare -b main app.git
git clone -q app.git /tmp/app 2>/dev/null && cd /tmp/app
git -c user.name=A -c user.email=a@example.org commit -q --allow-empty -m one
git tag v1.0 && git push -q origin HEAD:main v1.0
`

/** Of `git.checkout`. */
export const checkoutExamples: readonly Example[] = [
  {
    title: 'A branch',
    states: `app:
  git.checkout:
    path: /srv/app
    repo: file:///srv/git/app.git
    ref: main
`,
    host: repository,
  },
  {
    title: 'A tag, of which no history is needed, checked out as another user',
    states: `app:
  git.checkout:
    path: /srv/www/app
    repo: file:///srv/git/app.git
    ref: v1.0
    depth: 1
    user: www-data
    create_parents: true
`,
    host: `${repository}chown -R www-data: /srv/git\n`,
  },
  {
    title: 'Over ssh, with a key that only this uses',
    states: `app:
  git.checkout:
    path: /srv/app
    repo: root@localhost:/srv/git/app.git
    key: /etc/app/deploy-key
    accept_host_key: true
`,
    host: `${repository}
mkdir -p /etc/app && ssh-keygen -q -t ed25519 -N '' -f /etc/app/deploy-key
cat /etc/app/deploy-key.pub >>/root/.ssh/authorized_keys
`,
  },
]
