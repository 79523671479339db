import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryGround } from '../beside/repository-ground.js'
import { hostCases } from '../hosts/host-cases.js'
import { makeSignedGround, onSignedGround } from './pkg-ground.js'

const indented = (text: string): string => text.replaceAll(/^/gm, '      ')

/** A key that nothing is signed with, made here: what is in a state must be known before the host. */
const strangeKey = (): string => {
  const home = mkdtempSync(join(tmpdir(), 'prove-keys-'))
  const script = `export GNUPGHOME="$1"
gpg --batch --quiet --passphrase '' --quick-generate-key strange@example.org ed25519 sign never
gpg --batch --armor --export; gpgconf --kill all`
  const { stdout } = spawnSync('sh', ['-c', script, 'sh', home], { encoding: 'utf8' })
  rmSync(home, { recursive: true, force: true })
  return stdout
}

const key = strangeKey()

const own = (fields: string, place = 'own'): string =>
  `own:\n  pkgrepo.apt:\n    name: own\n    uris: file:/srv/${place}\n    suites: ./\n${fields}`

hostCases(
  'repositories',
  [
    {
      title: 'one without a key that is signed',
      before: makeSignedGround,
      states: own(''),
      outcome: 'failed',
      isForeseen: false,
      says: /the repository "own" was taken back/,
      after: onSignedGround('! [ -e /etc/apt/sources.list.d/own.sources ]; apt-get -qq check'),
    },
    {
      title: 'a key that signs something else, in the state',
      states: own(`    signed_by: |\n${indented(key)}\n`),
      outcome: 'failed',
      isForeseen: false,
      says: /NO_PUBKEY|not signed|couldn't be verified/,
      after: onSignedGround('! [ -e /etc/apt/sources.list.d/own.sources ]; ! [ -e /etc/apt/keyrings/own.asc ]'),
    },
    {
      title: 'a key that signs something else, of the catalog',
      files: { 'files/own.asc': key },
      states: own('    signed_by_source: prove://own.asc\n'),
      outcome: 'failed',
      isForeseen: false,
      says: /the repository "own" was taken back/,
    },
    {
      title: 'a repository, and a package that only it has',
      before: onSignedGround('rm -f /run/fetches'),
      states: `${own('    signed_by: /srv/a.asc\n')}one:\n  pkg.installed: one\n  requires: own\n`,
      after: onSignedGround(
        'is one "ii 1.0"; fetches 1; grep -qx "Signed-By: /srv/a.asc" /etc/apt/sources.list.d/own.sources; [ "$(stat -c %a /etc/apt/sources.list.d/own.sources)" = 644 ]',
      ),
    },
    {
      title: 'as it is, nothing is fetched',
      states: own('    signed_by: /srv/a.asc\n'),
      outcome: 'ok',
      after: onSignedGround('fetches 1'),
    },
    {
      title: 'another key for one that is in use',
      states: own('    signed_by: /srv/b.asc\n'),
      outcome: 'failed',
      isForeseen: false,
      says: /taken back/,
      after: onSignedGround(
        'grep -qx "Signed-By: /srv/a.asc" /etc/apt/sources.list.d/own.sources; ! apt-get -s install two 2>&1 | grep "^E:"',
      ),
    },
    {
      title: 'other architectures',
      states: own('    signed_by: /srv/a.asc\n    architectures: [amd64, arm64]\n'),
      after: onSignedGround('grep -qx "Architectures: amd64 arm64" /etc/apt/sources.list.d/own.sources'),
    },
    {
      title: 'out of use',
      before: onSignedGround('rm -f /run/fetches'),
      states: own('    signed_by: /srv/a.asc\n    enabled: false\n'),
      after: onSignedGround(
        'fetches 0; apt-cache policy two | grep -q "Candidate: (none)" || ! apt-cache policy two | grep -q Candidate',
      ),
    },
    {
      title: 'one that is not signed, and believed',
      before: 'cp -r /srv/own /srv/plain && rm /srv/plain/InRelease',
      states: own('    trusted: true\n', 'plain'),
      after: onSignedGround('apt-cache policy two | grep -q "Candidate: 1.0"'),
    },
    {
      title: 'beside one that is broken',
      before: 'echo "deb [trusted=yes] file:/srv/nosuch ./" >/etc/apt/sources.list.d/broken.list',
      states: own('    trusted: true\n    types: [deb]\n    architectures: amd64\n', 'plain'),
      after: 'rm /etc/apt/sources.list.d/broken.list',
    },
    {
      title: 'a place where there is none',
      states: 'nowhere:\n  pkgrepo.apt: { name: nowhere, uris: "file:/srv/nowhere", suites: ./, trusted: true }\n',
      outcome: 'failed',
      isForeseen: false,
      says: /the repository "nowhere" was taken back/,
      after: '! [ -e /etc/apt/sources.list.d/nowhere.sources ]',
    },
    {
      title: 'one that is not signed any more',
      before: 'rm /srv/own/InRelease',
      states: own('    trusted: true\n'),
      outcome: 'failed',
      isForeseen: false,
      says: /no longer signed/,
    },
    {
      title: 'away',
      before: 'mkdir -p /etc/apt/keyrings; cp /srv/a.asc /etc/apt/keyrings/own.asc',
      states: 'own:\n  pkgrepo.apt: { name: own, absent: true }\n',
      after: '! [ -e /etc/apt/sources.list.d/own.sources ] && ! [ -e /etc/apt/keyrings/own.asc ]',
    },
    { title: 'away, when it is', states: 'own:\n  pkgrepo.apt: { name: own, absent: true }\n', outcome: 'ok' },
    {
      title: 'a link in its place',
      before: 'ln -s /etc/hosts /etc/apt/sources.list.d/own.sources',
      states: own('    trusted: true\n', 'plain'),
      outcome: 'failed',
      says: /is a symbolic link/,
      after: 'rm /etc/apt/sources.list.d/own.sources',
      second: 'changed',
    },
  ],
  { beside: repositoryGround },
)
