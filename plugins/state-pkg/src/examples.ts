import type { Example } from '@prove/core'

/** Of `pkg.installed`. */
export const installedExamples: readonly Example[] = [
  {
    title: 'One package',
    states: `web_server:
  pkg.installed: nginx-light
`,
  },
  {
    title: 'Several, in one transaction, without what they only recommend',
    states: `base:
  pkg.installed:
    name: [redis-server, cron]
    recommends: false
`,
  },
  {
    title: 'A version that is kept, whatever else is upgraded',
    states: `redis:
  pkg.installed:
    name: redis-server
    version: ">=5:7.0, <5:8"
    hold: true
`,
  },
  {
    title: 'A package file on the target',
    states: `greeter:
  pkg.installed:
    file: /srv/packages/greeter.deb
`,
    host: `mkdir -p /srv/packages/greeter/DEBIAN
printf 'Package: greeter\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: nobody <nobody@example.org>\\nDescription: greets\\n' \\
  >/srv/packages/greeter/DEBIAN/control
dpkg-deb --build /srv/packages/greeter /srv/packages/greeter.deb
`,
  },
]

/** Of `pkg.removed`. */
export const removedExamples: readonly Example[] = [
  {
    title: 'Away with it',
    states: `no_cron:
  pkg.removed: cron
`,
    host: 'apt-get -qq install cron >/dev/null 2>&1',
  },
]

/** Of `pkg.purged`. */
export const purgedExamples: readonly Example[] = [
  {
    title: 'With its configuration, and with what only it needed',
    states: `no_redis:
  pkg.purged: { name: redis-server, autoremove: true }
`,
    host: 'apt-get -qq install redis-server >/dev/null 2>&1',
  },
]

/** Of `pkg.upgraded`. */
export const upgradedExamples: readonly Example[] = [
  {
    title: 'Everything, by lists that are at most an hour old',
    states: `system:
  pkg.upgraded: { max_list_age: 3600 }
`,
    host: 'touch -d "2 days ago" /var/lib/apt/lists',
  },
]

/** A repository with one package on the host itself, signed by a key of its own. */
const ownRepository = `mkdir -p /srv/own/greeter/DEBIAN && cd /srv/own
printf 'Package: greeter\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: nobody <nobody@example.org>\\nDescription: greets\\n' >greeter/DEBIAN/control
dpkg-deb --build greeter greeter.deb >/dev/null
{ dpkg-deb -f greeter.deb; printf 'Filename: ./greeter.deb\\nSize: %s\\nSHA256: %s\\n' \\
  "$(wc -c <greeter.deb)" "$(sha256sum <greeter.deb | cut -d' ' -f1)"; } >Packages
printf 'Date: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -Ru)" "$(sha256sum <Packages | cut -d' ' -f1)" "$(wc -c <Packages)" >Release
export GNUPGHOME=/root/own-keys; mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key own@example.org ed25519 sign never 2>/dev/null
gpg --batch --quiet --clearsign -o InRelease Release
mkdir -p /etc/apt/keyrings && gpg --armor --export >/etc/apt/keyrings/own-key.asc
`

/** Of `pkgrepo.apt`. */
export const repositoryExamples: readonly Example[] = [
  {
    title: 'A repository, and a package that only it has',
    states: `own_packages:
  pkgrepo.apt:
    name: own
    uris: file:/srv/own
    suites: ./
    signed_by: /etc/apt/keyrings/own-key.asc

greeter:
  pkg.installed: greeter
  requires: own_packages
`,
    host: ownRepository,
  },
  {
    title: 'Kept, and not in use',
    states: `backports:
  pkgrepo.apt:
    name: backports
    uris: https://deb.debian.org/debian
    suites: bookworm-backports
    components: [main, contrib]
    signed_by: /usr/share/keyrings/debian-archive-keyring.gpg
    enabled: false
`,
  },
  {
    title: 'None of that name',
    states: `no_backports:
  pkgrepo.apt: { name: backports, absent: true }
`,
    host: 'echo >/etc/apt/sources.list.d/backports.sources',
  },
]
