import type { Ground } from './ground.js'

/** What apt has of its repositories and believes of them, whatever the format in which they are declared. */
export const repositoryGround: Ground = {
  keeps: ['/etc/apt', '/var/lib/apt', '/srv/own', '/srv/plain', '/srv/a.asc', '/srv/b.asc', '/root/keys'],
  // It knows repositories that stand in one line.
  renames: `f=/etc/apt/sources.list.d/own.sources
field() { sed -n "s/^$1: //p" $f; }
option() { v=$(field "$1" | tr ' ' ,); [ -z "$v" ] || printf '%s' "$2$3=$v"; }
if [ -f $f ] && ! [ -L $f ]; then
[ "$(field Enabled)" = no ] || echo "deb [$(option Architectures '' arch)$(option Signed-By ' ' signed-by)$(option Trusted ' ' trusted)] $(field URIs) $(field Suites)" |
sed -e 's/\\[ *\\] //' -e 's/\\[ */[/' >/etc/apt/sources.list.d/own.list
rm $f
fi`,
  shows: `apt-get indextargets 'Created-By: Packages' | grep -E '^(Repo-URI|Architecture|Trusted):' | sort
apt-cache policy one two | grep -e '^[a-z]' -e Candidate; stat -c '%n %a %U:%G' /etc/apt/keyrings/* 2>/dev/null; :`,
}
