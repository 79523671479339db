import { packageGround } from '../beside/package-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'
import { makeGround, onGround } from './pkg-ground.js'
import { plainDeb } from './plain-deb.js'

const cases: readonly HostCase[] = [
  {
    title: 'one that is not there',
    before: makeGround,
    states: 'one:\n  pkg.installed: one\n',
    after: onGround('is one "ii 1.0"; [ "$(stat -c %a /etc/one)" = 755 ]'),
  },
  { title: 'one that is there', states: 'one:\n  pkg.installed: { name: one, max_list_age: 0 }\n', outcome: 'ok' },
  {
    title: 'several, in one transaction',
    before: onGround('count'),
    states: 'several:\n  pkg.installed: [two, one, three]\n',
    after: onGround('is two "ii 1.0"; is three "ii 1.0"; dpkg_runs 1; fetches 0'),
  },
  {
    title: 'one with what it depends on',
    states: 'app:\n  pkg.installed: app\n',
    after: onGround('is app "ii 1.0"; is lib "ii 1.0"'),
  },
  {
    title: 'one without what it recommends',
    states: 'fond:\n  pkg.installed: { name: fond, recommends: false }\n',
    after: onGround('is fond "ii 1.0"; gone extra'),
  },
  {
    title: 'one with what it recommends',
    before: onGround('apt-get -qq purge fond >/dev/null 2>&1'),
    states: 'fond:\n  pkg.installed: { name: fond, recommends: true }\n',
    after: onGround('is extra "ii 1.0"'),
  },
  {
    title: 'by the architecture of the host',
    before: onGround('apt-get -qq purge fond >/dev/null 2>&1'),
    states: 'fond:\n  pkg.installed: fond:amd64\n',
    after: onGround('is fond "ii 1.0"'),
  },
  {
    title: 'one version',
    states: 'tool:\n  pkg.installed: { name: tool, version: 1.0-1 }\n',
    after: onGround('is tool "ii 1.0-1"'),
  },
  {
    title: 'a version that fits stays',
    states: 'tool:\n  pkg.installed: { name: tool, version: ">=0.9, <2" }\n',
    outcome: 'ok',
  },
  {
    title: 'any version stays',
    states: 'tool:\n  pkg.installed: tool\n',
    outcome: 'ok',
    after: onGround('is tool "ii 1.0-1"'),
  },
  {
    title: 'the newest of those that fit',
    states: 'tool:\n  pkg.installed: { name: tool, version: ">1.0-1, <2" }\n',
    after: onGround('is tool "ii 1.10-1"'),
  },
  {
    title: 'back to an older version',
    states: 'tool:\n  pkg.installed: { name: tool, version: 1.5* }\n',
    after: onGround('is tool "ii 1.5-1"'),
  },
  {
    title: 'a version that nobody offers',
    states: 'tool:\n  pkg.installed: { name: tool, version: ">=3" }\n',
    outcome: 'failed',
    says: /no version of "tool" .* >=3: there is .*2\.0-1/,
  },
  {
    title: 'the latest',
    states: 'tool:\n  pkg.installed: { name: tool, latest: true }\n',
    after: onGround('is tool "ii 2.0-1"'),
  },
  {
    title: 'the latest, when it is there',
    states: 'tool:\n  pkg.installed: { name: tool, latest: true }\n',
    outcome: 'ok',
  },
  {
    title: 'an older version that is held',
    states: 'tool:\n  pkg.installed: { name: tool, version: 1.0-1, hold: true }\n',
    after: onGround('is tool "hi 1.0-1"'),
  },
  {
    title: 'the latest of one that is held',
    states: 'tool:\n  pkg.installed: { name: tool, latest: true }\n',
    outcome: 'failed',
    says: /"tool" is held at 1\.0-1/,
  },
  {
    title: 'another version that is held again',
    states: 'tool:\n  pkg.installed: { name: tool, version: 1.5-1, hold: true }\n',
    after: onGround('is tool "hi 1.5-1"'),
  },
  {
    title: 'one that is held goes not',
    states: 'tool:\n  pkg.removed: tool\n',
    outcome: 'failed',
    says: /"tool" is held/,
  },
  {
    title: 'the latest, released',
    states: 'tool:\n  pkg.installed: { name: tool, latest: true, hold: false }\n',
    after: onGround('is tool "ii 2.0-1"'),
  },
  {
    title: 'held where nothing else is to change',
    states: 'tool:\n  pkg.installed: { name: [tool, one], hold: true }\n',
    after: onGround('is tool "hi 2.0-1"; is one "hi 1.0"'),
  },
  {
    title: 'away, without its configuration',
    before: onGround('apt-mark -qq unhold tool one'),
    states: 'two:\n  pkg.removed: two\n',
    after: onGround('gone two; [ -e /etc/two/conf ]'),
  },
  { title: 'away, when it is', states: 'two:\n  pkg.removed: [two, nosuch]\n', outcome: 'ok' },
  {
    title: 'what an earlier removal has left',
    states: 'two:\n  pkg.purged: two\n',
    after: onGround('gone two; ! [ -e /etc/two/conf ]'),
  },
  {
    title: 'away, with its configuration',
    states: 'three:\n  pkg.purged: three\n',
    after: onGround('gone three; ! [ -e /etc/three/conf ]'),
  },
  {
    title: 'away, with what depends on it',
    states: 'lib:\n  pkg.removed: lib\n',
    after: onGround('gone lib; gone app'),
  },
  {
    title: 'away, with what nobody needs any more',
    before: onGround('apt-get -qq install app >/dev/null 2>&1'),
    states: 'app:\n  pkg.purged: { name: app, autoremove: true }\n',
    after: onGround('gone app; gone lib'),
  },
  {
    title: 'what the host cannot be without',
    states: 'base:\n  pkg.removed: base-files\n',
    outcome: 'failed',
    says: /apt refuses: .*base-files/,
  },
  {
    title: 'a name that several provide',
    states: 'mailer:\n  pkg.installed: mailer\n',
    outcome: 'failed',
    says: /several packages provide "mailer": name one of .*mailer-b/,
  },
  {
    title: 'a name that one provides',
    states: 'rare:\n  pkg.installed: rare\n',
    after: onGround('is mailer-b "ii 1.0"'),
  },
  { title: 'a name that is provided', states: 'mailer:\n  pkg.installed: mailer\n', outcome: 'ok' },
  {
    title: 'away with what is only provided',
    states: 'mailer:\n  pkg.removed: mailer\n',
    outcome: 'failed',
    says: /"mailer" is what other packages provide: name mailer-b/,
  },
  {
    title: 'one in the place of its rival',
    before: onGround('apt-get -qq install rival-b >/dev/null 2>&1'),
    states: 'rival:\n  pkg.installed: rival-a\n',
    after: onGround('is rival-a "ii 1.0"; gone rival-b'),
  },
  {
    title: 'names that no package has',
    before: onGround('fetch'),
    states: 'nosuch:\n  pkg.installed: [one, nosuch]\n',
    outcome: 'failed',
    says: /there is no package "nosuch" in the package lists/,
  },
  {
    title: 'a name that newer lists do not have either',
    before: onGround('old_lists; count'),
    states: 'nosuch:\n  pkg.installed: nosuch\n',
    outcome: 'failed',
    isForeseen: false,
    says: /there is no package "nosuch" in the package lists/,
    after: onGround('fetches 1'),
  },
  {
    title: 'a package that newer lists have',
    before: onGround(
      'deb late 1.0; publish; rm /var/lib/apt/lists/*Packages; echo >/var/lib/apt/lists/x; old_lists; count',
    ),
    states: 'late:\n  pkg.installed: late\n',
    after: onGround('is late "ii 1.0"; fetches 1; rm -f /var/lib/apt/lists/x'),
  },
  {
    title: 'lists that were never fetched',
    before: onGround('apt-get -qq purge late >/dev/null 2>&1; rm -rf /var/lib/apt/lists/*; count'),
    states: 'late:\n  pkg.installed: late\ntwo:\n  pkg.installed: two\n',
    after: onGround('is late "ii 1.0"; is two "ii 1.0"; fetches 1'),
  },
  {
    title: 'lists that are older than they may be',
    before: onGround('apt-get -qq purge two >/dev/null 2>&1; touch -d "2 hours ago" /var/lib/apt/lists; count'),
    states: 'two:\n  pkg.installed: { name: two, max_list_age: 3600 }\n',
    after: onGround('is two "ii 1.0"; fetches 1'),
  },
  {
    title: 'lists that may be as old as they are',
    before: onGround('apt-get -qq purge two >/dev/null 2>&1; fetch; count'),
    states: 'two:\n  pkg.installed: { name: two, max_list_age: 3600 }\n',
    after: onGround('is two "ii 1.0"; fetches 0'),
  },
  {
    title: 'lists that name what is gone by now',
    before: onGround(
      'deb moving 1.0; publish; cp Packages /srv/lists; rm /var/lib/apt/lists/_srv_own_*Packages; fetch; rm -f /var/lib/apt/lists/_srv_own_*Packages; cp /srv/lists /var/lib/apt/lists/_srv_own_._Packages; rm moving_1.0.deb; deb moving 1.1; publish; count',
    ),
    states: 'moving:\n  pkg.installed: moving\n',
    after: onGround('is moving "ii 1.1"; fetches 1'),
  },
  {
    title: 'a package file on the target',
    before: onGround('apt-get -qq purge one >/dev/null 2>&1'),
    states: 'one:\n  pkg.installed: { file: /srv/own/one_1.0.deb }\n',
    after: onGround('is one "ii 1.0"'),
  },
  {
    title: 'a newer package file, with an odd name',
    before: onGround(`deb one 1.1; mv /srv/own/one_1.1.deb "/srv/it's a file.deb"`),
    states: `one:\n  pkg.installed: { file: "/srv/it's a file.deb" }\n`,
    after: onGround('is one "ii 1.1"'),
  },
  {
    title: 'an older package file',
    states: 'one:\n  pkg.installed: { file: /srv/own/one_1.0.deb }\n',
    outcome: 'ok',
  },
  {
    title: 'an older package file whose version is wanted',
    states: 'one:\n  pkg.installed: { file: /srv/own/one_1.0.deb, version: "1.0" }\n',
    after: onGround('is one "ii 1.0"'),
  },
  {
    title: 'a package file that is not there',
    states: 'one:\n  pkg.installed: { file: /srv/own/nosuch.deb }\n',
    outcome: 'failed',
    says: /"\/srv\/own\/nosuch\.deb" does not exist/,
  },
  {
    title: 'a package file that is none',
    states: 'one:\n  pkg.installed: { file: /etc/passwd }\n',
    outcome: 'failed',
    says: /"\/etc\/passwd" is no package file/,
  },
  {
    title: 'a package file that comes in the same run',
    files: { 'files/sent.deb': plainDeb('sent', '1.0') },
    states:
      'file:\n  file.managed: { path: /srv/sent.deb, source: prove://sent.deb }\nsent:\n  pkg.installed: { file: /srv/sent.deb }\n',
    after: onGround('is sent "ii 1.0"'),
  },
  {
    title: 'a package file of the catalog',
    files: { 'files/mailed.deb': plainDeb('mailed', '1.0') },
    states: 'mailed:\n  pkg.installed: { name: mailed, source: prove://mailed.deb }\n',
    after: onGround('is mailed "ii 1.0"'),
  },
  {
    title: 'a package file of the catalog, in another version',
    files: { 'files/mailed.deb': plainDeb('mailed', '1.1') },
    states: 'mailed:\n  pkg.installed: { name: mailed, source: prove://mailed.deb, version: "1.1" }\n',
    after: onGround('is mailed "ii 1.1"'),
  },
  {
    title: 'a script of the package that fails',
    states: 'broken:\n  pkg.installed: broken\n',
    outcome: 'failed',
    isForeseen: false,
    says: /the sun is too low.*exit status 7/s,
  },
  {
    title: 'a package beside one that fails',
    before: onGround('apt-get -qq purge two >/dev/null 2>&1 || :'),
    states: 'broken:\n  pkg.installed: broken\ntwo:\n  pkg.installed: two\n',
    outcome: 'failed',
    isForeseen: false,
    says: /exit status 7/,
    after: onGround('is two "ii 1.0"'),
  },
  {
    title: 'what was left half done',
    before: onGround('touch /etc/sun-is-up'),
    states: 'broken:\n  pkg.installed: broken\n',
    after: onGround('is broken "ii 1.0"'),
  },
  {
    title: 'after dpkg was interrupted',
    before: onGround(
      'apt-get -qq purge two >/dev/null 2>&1; dpkg-query -s one >/var/lib/dpkg/updates/0000; ! apt-get -qq install two >/dev/null 2>&1',
    ),
    states: 'two:\n  pkg.installed: two\n',
    after: onGround('is two "ii 1.0"'),
  },
  {
    title: 'a lock that somebody keeps',
    before: onGround(`apt-get -qq purge two >/dev/null 2>&1
cat >/srv/lock.py <<'P'
import fcntl, os, signal, sys
f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); open('/run/locked', 'w'); signal.pause()
P
rm -f /run/locked; systemd-run -q --unit=keeper python3 /srv/lock.py /var/lib/dpkg/lock-frontend
while ! [ -e /run/locked ]; do sleep 0.1; done`),
    states: 'two:\n  pkg.installed: { name: two, lock_timeout: 1 }\n',
    outcome: 'failed',
    isForeseen: false,
    says: /waited 1 s for a lock: \/var\/lib\/dpkg\/lock-frontend is held by process \d+ \(python3\)/,
    after: 'systemctl stop keeper',
    second: 'changed',
  },
  {
    title: 'a lock of the lists that somebody keeps for a moment',
    before: onGround(`apt-get -qq purge two >/dev/null 2>&1; rm -f /run/locked; old_lists
systemd-run -q --unit=lister timeout 3 python3 /srv/lock.py /var/lib/apt/lists/lock
while ! [ -e /run/locked ]; do sleep 0.1; done`),
    states: 'two:\n  pkg.installed: { name: two, max_list_age: 60 }\n',
    after: onGround('is two "ii 1.0"; [ -n "$(find /var/lib/apt/lists -maxdepth 0 -mmin -2)" ]'),
  },
  {
    title: 'one with a newer version',
    before: onGround('deb two 1.1; deb one 1.2; publish; fetch; count'),
    states: 'two:\n  pkg.upgraded: two\n',
    after: onGround('is two "ii 1.1"; is one "ii 1.0"; fetches 0'),
  },
  {
    title: 'everything, and a configuration that was changed by hand',
    before: onGround('echo mine >/etc/one/conf'),
    states: 'all:\n  pkg.upgraded: {}\n',
    after: onGround('is one "ii 1.2"; [ "$(cat /etc/one/conf)" = mine ]'),
  },
  { title: 'everything, when nothing is newer', states: 'all:\n  pkg.upgraded: {}\n', outcome: 'ok' },
  {
    title: 'everything, by lists that are not old',
    before: onGround('deb one 1.3; publish; old_lists; count'),
    states: 'all:\n  pkg.upgraded: { max_list_age: 3600 }\n',
    after: onGround('is one "ii 1.3"; fetches 1'),
  },
  {
    title: 'newer, of what is not there',
    states: 'three:\n  pkg.upgraded: three\n',
    outcome: 'failed',
    says: /"three" is not installed/,
  },
  {
    title: 'neighbours, each with its own line',
    before: onGround('apt-get -qq purge one two >/dev/null 2>&1'),
    states: 'one:\n  pkg.installed: one\ntwo:\n  pkg.installed: two\nfond:\n  pkg.removed: fond\n',
    after: onGround('is one "ii 1.3"; is two "ii 1.1"; gone fond'),
  },
]

hostCases('packages', cases, { beside: packageGround })
