import { tlsGround } from '../beside/tls-ground.js'
import { hostCases } from '../hosts/host-cases.js'

/** All of them hold. */
const all = (...checks: readonly string[]): string => checks.map((check) => `{ ${check}; }`).join(' && ')

const keyHas = (path: string, text: string): string => `openssl pkey -in ${path} -noout -text | grep -q '${text}'`

const shows = (path: string, option: string, text: string): string =>
  `openssl x509 -in ${path} -noout ${option} | grep -qF -- '${text}'`

/** The certificate is for the key. */
const fits = (certificate: string, key: string): string =>
  `[ "$(openssl x509 -in ${certificate} -noout -pubkey)" = "$(openssl pkey -in ${key} -pubout)" ]`

const endsIn = (path: string, days: number): string =>
  `openssl x509 -in ${path} -noout -checkend ${(days - 1) * 86_400} && ! openssl x509 -in ${path} -noout -checkend ${(days + 1) * 86_400}`

/** A certificate for the key, made so many days from now. */
const madeAt = (days: number, path: string, key: string, good = 365): string =>
  `faketime -f '${days >= 0 ? '+' : ''}${days}d' openssl req -x509 -key ${key} -days ${good} -subj /CN=a.example -addext subjectAltName=DNS:a.example -addext extendedKeyUsage=serverAuth -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature -addext authorityKeyIdentifier=none -out ${path}`

const same = (look: string): { readonly before: string; readonly after: string } => ({
  before: `{ ${look}; } >/srv/tls/before`,
  after: `{ ${look}; } | cmp - /srv/tls/before`,
})

const sum = (...paths: readonly string[]): string =>
  `sha256sum ${paths.join(' ')}; stat -c '%n %a %U %G' ${paths.join(' ')}`

const certificate = (more = ''): string => `
a:
  tls.certificate: { path: /srv/tls/a.pem, key: /srv/tls/a.key, names: [a.example]${more} }
`

const told = 'told: { cmd.run: echo told >>/srv/tls/told, lazy: true }\n'
const notifies = `  notify: told\n${told}`
const isTold = '[ "$(cat /srv/tls/told)" = told ] && rm /srv/tls/told'

hostCases(
  'keys and certificates',
  [
    {
      title: 'a key',
      before: 'mkdir /srv/tls',
      states: 'key:\n  tls.key: /srv/tls/a.key\n',
      after: all(keyHas('/srv/tls/a.key', 'P-256'), '[ "$(stat -c "%a %U %G" /srv/tls/a.key)" = "600 root root" ]'),
    },
    {
      title: 'keys of every kind',
      states: `
rsa:
  tls.key: { path: /srv/tls/rsa.key, type: rsa, bits: 2048 }
ecdsa:
  tls.key: { path: /srv/tls/384.key, type: ecdsa, bits: 384 }
ed25519:
  tls.key: { path: /srv/tls/ed.key, type: ed25519 }
`,
      after: all(
        keyHas('/srv/tls/rsa.key', '2048 bit'),
        keyHas('/srv/tls/384.key', 'P-384'),
        keyHas('/srv/tls/ed.key', 'ED25519'),
      ),
    },
    {
      title: 'a key that is there is of any kind, unless one is declared',
      states: 'key:\n  tls.key: /srv/tls/rsa.key\n',
      outcome: 'ok',
    },
    {
      title: 'a key of another kind is not replaced',
      ...same(sum('/srv/tls/rsa.key')),
      states: 'key:\n  tls.key: { path: /srv/tls/rsa.key, type: ed25519 }\n',
      outcome: 'failed',
      says: /is a key of rsa 2048; replace would make another/,
    },
    {
      title: 'and not one of another size',
      ...same(sum('/srv/tls/rsa.key')),
      states: 'key:\n  tls.key: { path: /srv/tls/rsa.key, type: rsa, bits: 3072 }\n',
      outcome: 'failed',
      says: /is a key of rsa 2048/,
    },
    {
      title: 'unless that is wanted; its owner stays',
      before: 'chown www-data:adm /srv/tls/rsa.key',
      states: 'key:\n  tls.key: { path: /srv/tls/rsa.key, type: ed25519, replace: true }\n',
      after: all(
        keyHas('/srv/tls/rsa.key', 'ED25519'),
        '[ "$(stat -c "%a %U %G" /srv/tls/rsa.key)" = "600 www-data adm" ]',
      ),
    },
    {
      title: 'a key that others may read',
      before: 'chmod 644 /srv/tls/a.key; sha256sum /srv/tls/a.key >/srv/tls/sum',
      states: 'key:\n  tls.key: { path: /srv/tls/a.key, group: adm, mode: "0640" }\n',
      after: all('sha256sum -c /srv/tls/sum', '[ "$(stat -c "%a %U %G" /srv/tls/a.key)" = "640 root adm" ]'),
    },
    {
      title: 'what is no key is not replaced',
      before: 'echo something of mine >/srv/tls/mine.key',
      states: 'key:\n  tls.key: /srv/tls/mine.key\n',
      outcome: 'failed',
      says: /holds no private key/,
      after: 'grep -q mine /srv/tls/mine.key',
    },
    {
      title: 'a key with a passphrase is not replaced',
      before: 'openssl genpkey -algorithm ed25519 -aes256 -pass pass:secret -out /srv/tls/locked.key',
      states: 'key:\n  tls.key: /srv/tls/locked.key\n',
      outcome: 'failed',
      says: /without a passphrase/,
      after: 'openssl pkey -in /srv/tls/locked.key -passin pass:secret -noout',
    },
    {
      title: 'an empty file, with replace',
      before: ': >/srv/tls/empty.key',
      states: 'key:\n  tls.key: { path: /srv/tls/empty.key, replace: true }\n',
      after: keyHas('/srv/tls/empty.key', 'P-256'),
    },
    {
      title: 'a link is not followed',
      before: 'ln -s /srv/tls/elsewhere.key /srv/tls/link.key',
      states: 'key:\n  tls.key: /srv/tls/link.key\n',
      outcome: 'failed',
      says: /symbolic link to "\/srv\/tls\/elsewhere.key"/,
      after: '! [ -e /srv/tls/elsewhere.key ]',
    },
    {
      title: 'openssl fails: its words, its status, and nothing left',
      before: `printf '%s\\n' '#!/bin/sh' 'case $1 in genpkey) echo ....; echo "no luck today" >&2; exit 7;; esac' 'exec /usr/bin/openssl "$@"' >/usr/local/bin/openssl; chmod +x /usr/local/bin/openssl`,
      states: 'key:\n  tls.key: { path: /srv/tls/luck/less.key, create_parents: true }\n',
      outcome: 'failed',
      isForeseen: false,
      says: /exit 7: no luck today/,
      after: '[ -z "$(ls -A /srv/tls/luck)" ]',
    },
    {
      title: 'names of files with spaces, quotes, a line break and letters of their own',
      before: 'rm /usr/local/bin/openssl',
      states: String.raw`
key:
  tls.key: { path: "/srv/tls/it's -a\n$(id) \"key\"/größe.key", create_parents: true }
a:
  tls.certificate: { path: "/srv/tls/it's -a\n$(id) \"key\"/größe.pem", key: "/srv/tls/it's -a\n$(id) \"key\"/größe.key", names: a.example }
  requires: key
`,
      after: 'cd /srv/tls/it*/ && openssl x509 -in größe.pem -noout -checkhost a.example | grep -q "does match"',
    },
    {
      title: 'a request for a key that is made in the same run',
      states: `
key:
  tls.key: { path: /srv/tls/new/b.key, create_parents: true }
request:
  tls.csr:
    path: /srv/tls/new/b.csr
    key: /srv/tls/new/b.key
    names: [b.example, "*.bücher.example", 192.0.2.7, "2001:DB8:0::1", web@b.example, "https://b.example/x"]
    subject: { common_name: b.example, organization: 'A/B + "C", \\ $(id) #1 Größe', country: AT }
  requires: key
`,
      after: all(
        'openssl req -in /srv/tls/new/b.csr -noout -verify',
        'openssl req -in /srv/tls/new/b.csr -noout -text | grep -q "DNS:b.example, DNS:\\*.xn--bcher-kva.example, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:1, email:web@b.example, URI:https://b.example/x"',
        `openssl req -in /srv/tls/new/b.csr -noout -subject -nameopt utf8,sep_multiline,lname | grep -qF 'organizationName=A/B + "C", \\ $(id) #1 Größe'`,
      ),
    },
    {
      title: 'a request with other names',
      states: 'request:\n  tls.csr: { path: /srv/tls/new/b.csr, key: /srv/tls/new/b.key, names: b.example }\n',
      after: 'openssl req -in /srv/tls/new/b.csr -noout -text | grep -q "DNS:b.example$"',
    },
    {
      title: 'a request for another key',
      before: 'openssl genpkey -algorithm ed25519 -out /srv/tls/new/b.key',
      states: 'request:\n  tls.csr: { path: /srv/tls/new/b.csr, key: /srv/tls/new/b.key, names: b.example }\n',
      after:
        '[ "$(openssl req -in /srv/tls/new/b.csr -noout -pubkey)" = "$(openssl pkey -in /srv/tls/new/b.key -pubout)" ]',
    },
    {
      title: 'a request without a key',
      states: 'request:\n  tls.csr: { path: /srv/tls/new/c.csr, key: /srv/tls/new/c.key, names: c.example }\n',
      outcome: 'failed',
      says: /there is no private key at "\/srv\/tls\/new\/c.key"/,
    },
    {
      title: 'a certificate signed by itself',
      states: certificate(', days: 90') + notifies,
      after: all(
        'openssl x509 -in /srv/tls/a.pem -noout -checkhost a.example | grep -q "does match"',
        'openssl verify -CAfile /srv/tls/a.pem -purpose sslserver /srv/tls/a.pem',
        endsIn('/srv/tls/a.pem', 90),
        fits('/srv/tls/a.pem', '/srv/tls/a.key'),
        '[ "$(stat -c %a /srv/tls/a.pem)" = 644 ]',
        isTold,
      ),
    },
    {
      title: 'another number of days alone is no reason for a new one',
      ...same(sum('/srv/tls/a.pem')),
      states: certificate(', days: 60'),
      outcome: 'ok',
    },
    {
      title: 'other names; owner and mode stay',
      before: 'chown www-data:adm /srv/tls/a.pem; chmod 640 /srv/tls/a.pem',
      states: `a:\n  tls.certificate: { path: /srv/tls/a.pem, key: /srv/tls/a.key, names: [a.example, www.a.example] }\n${notifies}`,
      after: all(
        shows('/srv/tls/a.pem', '-ext subjectAltName', 'DNS:a.example, DNS:www.a.example'),
        '[ "$(stat -c "%a %U %G" /srv/tls/a.pem)" = "640 www-data adm" ]',
        isTold,
      ),
    },
    {
      title: 'the same names in another order are the same',
      ...same(sum('/srv/tls/a.pem')),
      states:
        'a:\n  tls.certificate: { path: /srv/tls/a.pem, key: /srv/tls/a.key, names: [WWW.a.example, a.example], subject: { common_name: a.example } }\n',
      outcome: 'ok',
    },
    {
      title: 'one that has expired',
      before: madeAt(-400, '/srv/tls/a.pem', '/srv/tls/a.key'),
      states: certificate() + notifies,
      after: all(endsIn('/srv/tls/a.pem', 365), isTold),
    },
    {
      title: 'one that ends soon',
      before: madeAt(-340, '/srv/tls/a.pem', '/srv/tls/a.key'),
      states: certificate() + notifies,
      after: all(endsIn('/srv/tls/a.pem', 365), isTold),
    },
    {
      title: 'one that does not end that soon',
      before: madeAt(-340, '/srv/tls/a.pem', '/srv/tls/a.key'),
      states: certificate(', renew_before: 20'),
      outcome: 'ok',
    },
    {
      title: 'one that a wrong clock has made for the future',
      before: madeAt(30, '/srv/tls/a.pem', '/srv/tls/a.key'),
      states: certificate(),
      after: 'openssl verify -CAfile /srv/tls/a.pem /srv/tls/a.pem',
    },
    {
      title: 'one for another key than the one that is there now',
      before: 'openssl genpkey -algorithm ed25519 -out /srv/tls/a.key',
      states: certificate(),
      after: fits('/srv/tls/a.pem', '/srv/tls/a.key'),
    },
    {
      title: 'another usage',
      states: certificate(', usage: [server, client]'),
      after: 'openssl verify -CAfile /srv/tls/a.pem -purpose sslclient /srv/tls/a.pem',
    },
    {
      title: 'a file that is none',
      before: 'echo nonsense >/srv/tls/a.pem',
      states: certificate(),
      after: 'openssl x509 -in /srv/tls/a.pem -noout',
    },
    {
      title: 'a file that holds the key as well is not replaced',
      before: 'cat /srv/tls/a.key >>/srv/tls/a.pem',
      states: certificate(),
      outcome: 'failed',
      says: /holds a private key as well/,
      after: 'grep -q PRIVATE /srv/tls/a.pem',
    },
    {
      title: 'gone, and made again',
      before: 'rm /srv/tls/a.pem',
      states: certificate() + notifies,
      after: all(fits('/srv/tls/a.pem', '/srv/tls/a.key'), isTold),
    },
    {
      title: 'an authority, its key, and what it signs, in one run',
      states: `
ca_key:
  tls.key: { path: /srv/tls/ca.key, type: rsa, bits: 2048 }
ca:
  tls.ca: { path: /srv/tls/ca.pem, key: /srv/tls/ca.key, subject: { common_name: Example CA } }
  requires: ca_key
key:
  tls.key: /srv/tls/s.key
signed:
  tls.certificate: { path: /srv/tls/s.pem, key: /srv/tls/s.key, names: [s.example], ca_certificate: /srv/tls/ca.pem, ca_key: /srv/tls/ca.key }
  requires: [ca, key]
`,
      after: all(
        'openssl verify -CAfile /srv/tls/ca.pem -purpose sslserver -verify_hostname s.example -x509_strict /srv/tls/s.pem',
        endsIn('/srv/tls/ca.pem', 3650),
        shows('/srv/tls/ca.pem', '-ext basicConstraints,keyUsage', 'Certificate Sign, CRL Sign'),
      ),
    },
    {
      title: 'another key of the authority: all that it has signed is signed anew',
      before: 'rm /srv/tls/ca.key',
      states: `
ca_key:
  tls.key: /srv/tls/ca.key
ca:
  tls.ca: { path: /srv/tls/ca.pem, key: /srv/tls/ca.key, subject: { common_name: Example CA } }
  requires: ca_key
signed:
  tls.certificate: { path: /srv/tls/s.pem, key: /srv/tls/s.key, names: [s.example], ca_certificate: /srv/tls/ca.pem, ca_key: /srv/tls/ca.key }
  requires: ca
`,
      after: 'openssl verify -CAfile /srv/tls/ca.pem /srv/tls/s.pem',
    },
    {
      title: 'another authority of the same name',
      before:
        'openssl req -x509 -newkey ed25519 -nodes -keyout /srv/tls/ca2.key -subj "/CN=Example CA" -days 900 -out /srv/tls/ca2.pem',
      states:
        'signed:\n  tls.certificate: { path: /srv/tls/s.pem, key: /srv/tls/s.key, names: s.example, ca_certificate: /srv/tls/ca2.pem, ca_key: /srv/tls/ca2.key }\n',
      after: all(
        'openssl verify -CAfile /srv/tls/ca2.pem /srv/tls/s.pem',
        '! openssl verify -CAfile /srv/tls/ca.pem /srv/tls/s.pem',
      ),
    },
    {
      title: 'a key that is not that of the authority',
      ...same(sum('/srv/tls/s.pem')),
      states:
        'signed:\n  tls.certificate: { path: /srv/tls/s.pem, key: /srv/tls/s.key, names: s.example, ca_certificate: /srv/tls/ca2.pem, ca_key: /srv/tls/ca.key }\n',
      outcome: 'failed',
      says: /does not belong to the certificate/,
    },
    {
      title: 'an authority that is none',
      states:
        'signed:\n  tls.certificate: { path: /srv/tls/t.pem, key: /srv/tls/s.key, names: t.example, ca_certificate: /srv/tls/a.pem, ca_key: /srv/tls/a.key }\n',
      outcome: 'failed',
      says: /not that of an authority/,
      after: '! [ -e /srv/tls/t.pem ]',
    },
    {
      title: 'an authority that has expired',
      before: `faketime -f -900d openssl req -x509 -key /srv/tls/ca.key -subj '/CN=Example CA' -days 800 -out /srv/tls/past.pem`,
      states:
        'signed:\n  tls.certificate: { path: /srv/tls/t.pem, key: /srv/tls/s.key, names: t.example, ca_certificate: /srv/tls/past.pem, ca_key: /srv/tls/ca.key }\n',
      outcome: 'failed',
      says: /has expired on/,
      after: '! [ -e /srv/tls/t.pem ]',
    },
    {
      title: 'an authority that ends soon, under the same key: what it has signed stays',
      before: `faketime -f -3400d openssl req -x509 -key /srv/tls/ca.key -subj '/CN=Example CA' -days 3650 -out /srv/tls/ca.pem; cd /srv/tls; openssl req -new -key s.key -subj /CN=s.example | openssl x509 -req -CA ca.pem -CAkey ca.key -days 300 -extfile /dev/fd/3 -out s.pem 3<<X
subjectAltName=DNS:s.example
extendedKeyUsage=serverAuth
X
sha256sum /srv/tls/s.pem >/srv/tls/sum`,
      states: `
ca:
  tls.ca: { path: /srv/tls/ca.pem, key: /srv/tls/ca.key, subject: { common_name: Example CA } }
signed:
  tls.certificate: { path: /srv/tls/s.pem, key: /srv/tls/s.key, names: s.example, ca_certificate: /srv/tls/ca.pem, ca_key: /srv/tls/ca.key }
  requires: ca
`,
      after: all(
        'sha256sum -c /srv/tls/sum',
        'openssl verify -CAfile /srv/tls/ca.pem /srv/tls/s.pem',
        endsIn('/srv/tls/ca.pem', 3650),
      ),
    },
  ],
  { beside: tlsGround },
)
