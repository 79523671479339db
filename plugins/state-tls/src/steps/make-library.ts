import type { Facts } from '@prove/core'

/**
 * Shell functions that make a file with openssl. It is made beside its place, where nobody else can look, with the owner, mode, and
 * where the tools can, the ACL and label that it will have; then it is renamed.
 */
export const makeLibrary = ({ dialect }: Facts): string => `
tls_make() { # PATH TEMPORARY OWNER:GROUP MODE NEW-MODE PARENTS MAKER WORDS…
! [ -L "$1" ] || fail "\\"$1\\" is a symbolic link"
! [ -d "$1" ] || fail "\\"$1\\" is a directory"
[ -z "$6" ] || ( umask 022; mkdir -p -- "\${1%/*}/" ) || return
path=$1 new=$2 owner=$3 mode=$4 fresh=$5; shift 6
rm -rf -- "$new" || return
trap 'rm -rf -- "$new"' EXIT
if [ -f "$path" ]; then ${dialect === 'gnu' ? 'cp --preserve=all --' : 'cp -p'} "$path" "$new" || return
else ( umask 077; : >"$new" ) || return; mode=\${mode:-$fresh}; fi
exec 7>"$new" || return
[ -z "$owner" ] || chown -- "$owner" "$new" || return
[ -z "$mode" ] || chmod -- "$mode" "$new" || return
"$@" >&7 7>&- || return
exec 7>&-
[ -s "$new" ] || fail 'openssl made nothing'
mv -fT -- "$new" "$path"
}
make_key() { # TYPE BITS
case $1 in
rsa) set -- -algorithm RSA -pkeyopt "rsa_keygen_bits:$2";;
ecdsa) set -- -algorithm EC -pkeyopt "ec_paramgen_curve:P-$2" -pkeyopt ec_param_enc:named_curve;;
*) set -- -algorithm "$1";;
esac
# Dots tell how far it is: nobody is there to see them, and they are no words of a failure.
openssl genpkey "$@" 2>"$D/tls-err" || { r=$?; grep -v '^[.+*]*$' "$D/tls-err" >&2; return $r; }
}
configure() { printf '%s\\n' "$1" >"$D/tls-config"; }
request() { openssl req -new -utf8 -config "$D/tls-config" -key "$1" -passin pass: -subj "$2"; }
make_request() { configure "$3" && request "$1" "$2"; } # KEY SUBJECT CONFIG
make_own() { # KEY SUBJECT CONFIG DAYS
configure "$3" && openssl req -x509 -new -utf8 -config "$D/tls-config" -key "$1" -passin pass: -subj "$2" -days "$4" -set_serial "0x$(openssl rand -hex 16)"
}
make_signed() { # KEY SUBJECT CONFIG DAYS AUTHORITY AUTHORITY-KEY
configure "$3" && request "$1" "$2" >"$D/tls-request" || return
openssl x509 -req -in "$D/tls-request" -CA "$5" -CAkey "$6" -passin pass: -set_serial "0x$(openssl rand -hex 16)" -days "$4" -extfile "$D/tls-config" -extensions extensions 2>"$D/tls-err" ||
{ r=$?; cat "$D/tls-err" >&2; return $r; }
}`
