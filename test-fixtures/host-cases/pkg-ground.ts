/**
 * Shell functions for hosts of the cases about packages. `deb NAME VERSION [FIELDS [POSTINST]]` builds /srv/own/NAME_VERSION.deb,
 * `publish` makes /srv/own a repository of all that is there, `fetch` fetches the lists. Fetches and runs of dpkg are noted.
 */
const functions = `
set -e
deb() {
d=/srv/build/$1; rm -rf "$d"; mkdir -p "$d/DEBIAN" "$d/etc/$1" "$d/usr/share/$1" /srv/own
printf 'Package: %s\\nVersion: %s\\nMaintainer: nobody <nobody@example.org>\\nDescription: %s of the cases\\n' "$1" "$2" "$1" >"$d/DEBIAN/control"
printf 'Architecture: amd64\\n' >>"$d/DEBIAN/control"
[ -z "$3" ] || printf "$3\\n" >>"$d/DEBIAN/control"
echo "$2" >"$d/usr/share/$1/version"
echo "setting of $2" >"$d/etc/$1/conf"
echo "/etc/$1/conf" >"$d/DEBIAN/conffiles"
if [ -n "$4" ]; then printf '#!/bin/sh\\n%s\\n' "$4" >"$d/DEBIAN/postinst"; chmod 755 "$d/DEBIAN/postinst"; fi
dpkg-deb -Znone --build "$d" "/srv/own/$1_$2.deb" >/dev/null
}
publish() {
cd /srv/own; rm -f Packages
for f in *.deb; do dpkg-deb -f "$f"
printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$f" "$(wc -c <"$f")" "$(sha256sum <"$f" | cut -d' ' -f1)"; done >Packages
printf 'Date: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -Ru)" "$(sha256sum <Packages | cut -d' ' -f1)" "$(wc -c <Packages)" >Release
}
fetch() { apt-get -qq update; touch /var/lib/apt/lists; }
old_lists() { touch -d '3 days ago' /var/lib/apt/lists; find /etc/apt/sources.list /etc/apt/sources.list.d -exec touch -d '4 days ago' {} +; }
count() { rm -f /run/fetches /run/dpkg-runs; }
fetches() { [ "$(cat /run/fetches 2>/dev/null | wc -l)" = "$1" ] || { echo "fetches: $(cat /run/fetches)" >&2; return 1; }; }
dpkg_runs() { [ "$(cat /run/dpkg-runs 2>/dev/null | wc -l)" = "$1" ] || { echo "runs: $(cat /run/dpkg-runs)" >&2; return 1; }; }
is() { [ "$(dpkg-query -W -f='\${db:Status-Abbrev}\${Version}' "$1")" = "$2" ] || { dpkg-query -W "$1" >&2; return 1; }; }
gone() { case $(dpkg-query -W -f='\${db:Status-Abbrev}' "$1" 2>/dev/null) in ''|?n*|?c*) ;; *) return 1;; esac; }
`

/** Text for a shell of root that may use them. */
export const onGround = (script: string): string => `${functions}\n${script}`

/** A host with a repository of its own, in which there is something of everything. */
export const makeGround = onGround(`
printf '%s\\n' 'APT::Update::Pre-Invoke {"echo fetch >>/run/fetches";};' 'DPkg::Pre-Invoke {"echo run >>/run/dpkg-runs";};' \\
  'Acquire::Retries "0";' >/etc/apt/apt.conf.d/90cases
echo 'deb [trusted=yes] file:/srv/own ./' >/etc/apt/sources.list.d/cases.list
for v in 1.0-1 1.5-1 1.10-1 2.0-1; do deb tool $v; done
deb one 1.0; deb two 1.0; deb three 1.0
deb lib 1.0; deb app 1.0 'Depends: lib'
deb extra 1.0; deb fond 1.0 'Recommends: extra'
deb mailer-a 1.0 'Provides: mailer'; deb mailer-b 1.0 'Provides: mailer, rare'
deb broken 1.0 '' 'echo "the sun is too low" >&2; [ -e /etc/sun-is-up ] || exit 7'
deb rival-a 1.0 'Conflicts: rival-b'; deb rival-b 1.0
publish; fetch
`)

/** Shell functions on top of those: `keys` makes two keys of gpg, in /srv/a.asc and /srv/b.asc, and `sign` signs the repository with the first. */
const signing = `
export GNUPGHOME=/root/keys
keys() { mkdir -m 700 "$GNUPGHOME"; for k in a b; do
gpg --batch --quiet --passphrase '' --quick-generate-key "$k@example.org" ed25519 sign never 2>/dev/null
gpg --armor --export "$k@example.org" >/srv/$k.asc; done; }
sign() { cd /srv/own; gpg --batch --quiet --yes --local-user a@example.org --clearsign -o InRelease Release; }
`

/** Text for a shell of root that may use all of them. */
export const onSignedGround = (script: string): string => onGround(`${signing}\n${script}`)

/** A signed repository that nobody knows yet, and the keys that the cases name. */
export const makeSignedGround = onSignedGround(`
printf '%s\\n' 'APT::Update::Pre-Invoke {"echo fetch >>/run/fetches";};' 'Acquire::Retries "0";' >/etc/apt/apt.conf.d/90cases
deb one 1.0; deb two 1.0; publish; keys; sign
`)
