import type { Ground } from './ground.js'

/** Text for a shell that tells of the files "$@" what they are, and to what they belong: not their bytes, which are those of chance. */
const tell = `
LC_ALL=C; export LC_ALL
for file; do
  stat -c '%n %F %a %U:%G %N' "$file"
  [ -f "$file" ] && ! [ -L "$file" ] || continue
  openssl pkey -in "$file" -passin pass: -noout -text 2>/dev/null | grep -E '^[^ ].*(bit|ED25519)|^ASN1'
  openssl req -in "$file" -noout -subject -nameopt utf8 -text 2>/dev/null | grep -A1 -E '^subject|X509v3'
  openssl req -in "$file" -noout -verify 2>&1 | grep -o 'verify OK'
  openssl x509 -in "$file" -noout -subject -issuer -nameopt utf8 2>/dev/null
  for ext in subjectAltName basicConstraints keyUsage extendedKeyUsage; do openssl x509 -in "$file" -noout -ext $ext 2>/dev/null; done
  end=$(openssl x509 -in "$file" -noout -enddate 2>/dev/null) && echo "good for $((($(date -d "\${end#*=}" +%s) - $(date +%s) + 43200) / 86400)) days"
  for kind in x509 req; do
    public=$(openssl $kind -in "$file" -noout -pubkey 2>/dev/null) || continue
    for other; do [ "$public" = "$(openssl pkey -in "$other" -passin pass: -pubout 2>/dev/null)" ] && echo "for the key $other"; done
  done
  for other; do openssl verify -CAfile "$other" "$file" >/dev/null 2>&1 && echo "signed by $other"; done
done; :`

/** Keys, requests and certificates below one path. */
export const tlsGround: Ground = {
  keeps: ['/srv/tls', '/usr/local/bin/openssl'],
  shows: `cat >/var/tmp/tell <<'END'${tell}
END
[ -d /srv/tls ] || exit 0; find /srv/tls \\( -name '*.pem' -o -name '*.key' -o -name '*.csr' \\) -print0 | sort -z | xargs -0 -r sh /var/tmp/tell`,
}
