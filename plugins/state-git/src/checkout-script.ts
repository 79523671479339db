/**
 * Brings a checkout to a ref: P is its path, U the repository, K "branch", "tag" or "commit", R its name, C the commit, N a depth,
 * M "y" for submodules, F "y" to throw local changes away. A checkout that was begun and cut off is gone on with.
 */
export const checkoutScript = `set -e
at() { git -C "$P" "$@"; }
if ! [ -e "$P/.git" ]; then git -c init.defaultBranch=prove init -q -- "$P"; fi
now=$(at config --get remote.origin.url || :)
if [ -z "$now" ]; then at remote add origin "$U"
elif [ -n "$S" ]; then at remote set-url origin "$U"; fi
all() {
if [ "$(at rev-parse --is-shallow-repository)" = true ]; then set -- --unshallow; else set --; fi
at fetch -q "$@" origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'
}
# A file that git is told to ignore is somebody's too.
if [ -n "$F" ]; then over=-f; else over=--no-overwrite-ignore; fi
case $K in
branch)
if [ -n "$N" ]; then at fetch -q --depth "$N" origin "+refs/heads/$R:refs/remotes/origin/$R"; else all; fi
at checkout -q $over --no-track -B "$R" "refs/remotes/origin/$R" --
at config "branch.$R.remote" origin
at config "branch.$R.merge" "refs/heads/$R"
;;
tag)
if [ -n "$N" ]; then at fetch -q --depth "$N" origin "+refs/tags/$R:refs/tags/$R"; else all; fi
at checkout -q $over --detach "refs/tags/$R^{commit}" --
;;
commit)
if ! at cat-file -e "$C^{commit}" 2>/dev/null; then
# Not every server gives a commit by itself.
[ -n "$N" ] && at fetch -q --depth "$N" origin "$C" 2>/dev/null || all
fi
at checkout -q $over --detach "$C" --
;;
esac
# What was fetched is nobody's own, even where no branch of the repository has it any more.
at update-ref refs/prove/checkout HEAD
if [ -n "$M" ]; then
at submodule -q sync --recursive
at submodule -q update --init --recursive \${F:+--force} \${N:+--depth "$N"}
at submodule -q foreach --recursive 'git update-ref refs/prove/checkout HEAD'
fi`
