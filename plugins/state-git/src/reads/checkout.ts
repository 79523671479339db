import { type Answered, makeBlob, quote, type Read, type ReadKind } from '@prove/core'
import { type Access, gitEnvironment } from '../git-environment.js'

export interface CheckoutQuery extends Access {
  readonly path: string
  /** A branch or a tag to ask the repository for; a whole commit is not asked for. Absent: its HEAD. */
  readonly ref?: string | undefined
  /** The user that git runs as; absent where that is the user of the session. */
  readonly user?: string | undefined
  readonly submodules: boolean
}

/** What stands at the path, and what the repository has. */
export interface CheckoutAnswer {
  readonly is: 'absent' | 'other' | 'full' | 'empty' | 'checkout'
  /** Why git will not look at it, in its words. */
  readonly trouble?: string
  /** A commit; absent where none is checked out yet. */
  readonly head?: string
  /** Absent: none, a commit is checked out by itself. */
  readonly branch?: string
  readonly url?: string
  /** Files that git knows and that somebody has changed: `M name`. */
  readonly modified: readonly string[]
  /** Commits that would be left behind. */
  readonly own: number
  /** Submodules that are not as the commit says. */
  readonly stale: readonly string[]
  /** Commits by the names of refs; `symref` is what HEAD of the repository leads to. Absent where it was not asked. */
  readonly remote?: Readonly<Record<string, string>>
  /** The words of git where the repository did not answer. */
  readonly unreachable?: string
}

/** Whether a ref is a whole commit, for which nobody need be asked. */
export const isCommit = (ref: string): boolean => /^[0-9a-f]{40}$/i.test(ref)

export const checkout = (query: CheckoutQuery): Read<CheckoutAnswer> => ({
  kind: 'git.checkout',
  // A key is shown, and the query may hold a password.
  key: `git.checkout:${query.path}:${makeBlob(JSON.stringify(query)).sha256.slice(0, 12)}`,
  query,
})

/** Run for each checkout as its user. `bytes NAME` frames what may hold line breaks. */
const look = `
bytes() { b=$(cat; echo .); b=\${b%.}; printf '%s %s\\n%s\\n' "$1" "\${#b}" "$b"; }
at() { git -C "$P" "$@" 2>/dev/null; }
cd / || exit
if ! command -v git >/dev/null 2>&1; then echo lacks git; exit; fi
if [ -n "$U" ]; then
if [ -n "$R" ]; then set -- "refs/heads/$R" "refs/tags/$R" "refs/tags/$R^{}"; else set --; fi
if r=$(timeout 40 git ls-remote --symref -- "$U" HEAD "$@" 2>&1); then printf %s "$r" | bytes remote
# Without a ref it is the branch that the repository begins with.
[ -n "$R" ] || R=$(printf '%s\\n' "$r" | sed -n 's|^ref: refs/heads/\\(.*\\)[[:space:]]HEAD$|\\1|p')
else printf %s "$r" | bytes unreachable; fi
fi
if ! [ -e "$P" ] && ! [ -L "$P" ]; then echo is absent
elif ! [ -d "$P" ]; then echo is other
elif [ -e "$P/.git" ]; then
echo is checkout
if t=$(git -C "$P" rev-parse --git-dir 2>&1); then
h=$(at rev-parse -q --verify HEAD) && echo "head $h"
b=$(at symbolic-ref -q --short HEAD) && [ -n "$h" ] && echo "branch $b"
at config --get remote.origin.url | bytes url
at status --porcelain --untracked-files=no --ignore-submodules=all | head -n 20 | bytes modified
o=
[ -z "$R" ] || ! at rev-parse -q --verify "refs/heads/$R" >/dev/null || o="refs/heads/$R"
if [ -n "$h" ] && { [ -z "$b" ] || [ -z "$R" ]; }; then o="$o HEAD"; fi
n=0
[ -z "$o" ] || n=$(at rev-list --count $o --not --remotes --tags --glob=refs/prove/)
if [ -n "$M" ] && [ -n "$h" ]; then
at submodule status --recursive | grep '^[-+U]' | head -n 20 | bytes stale
at submodule foreach -q --recursive 'git status --porcelain --untracked-files=no | sed "s|^\\(..\\) |\\1 $displaypath/|"' | head -n 20 | bytes inner
# A branch of a submodule stays as it is; left behind is what only its HEAD leads to.
for i in $(at submodule foreach -q --recursive 'git rev-list --count --ignore-missing HEAD --not --branches --remotes --tags --glob=refs/prove/ $sha1'); do n=$((n + i)); done
fi
echo "own \${n:-0}"
else printf %s "$t" | bytes trouble; fi
elif [ -n "$(ls -A "$P")" ]; then echo is full
else echo is empty; fi
echo end here`

const environment = (query: CheckoutQuery): readonly string[] => {
  const { path, ref = '', repository, submodules } = query
  const asked = isCommit(ref) ? { U: '', R: '' } : { U: repository.url, R: ref }
  const all = {
    ...gitEnvironment(query, { isLook: true }),
    P: path,
    ...asked,
    M: submodules ? 'y' : '',
    PROVE_LOOK: look,
  }
  return Object.entries(all).map(([name, value]) => `export ${name}=${quote(value)}`)
}

const script = (queries: readonly CheckoutQuery[]): string => {
  const one = (query: CheckoutQuery, i: number): string => {
    const run = `'eval "$PROVE_LOOK"'`
    const words = query.user === undefined ? `sh -c ${run}` : `su -s /bin/sh ${quote(query.user)} -c ${run}`
    // Those of a batch ask their repositories at once.
    return `( ${environment(query).join('; ')}; ${words} ) >"$D/git${i}" 2>"$D/gite${i}" </dev/null &`
  }
  const tell = (_query: CheckoutQuery, i: number): string => `echo $(wc -c <"$D/git${i}"); cat "$D/git${i}"`
  return [...queries.map(one), 'wait', ...queries.map(tell)].join('\n')
}

const remoteOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, symref, commit, name] = /^(?:ref: refs\/heads\/(\S+)\tHEAD|([0-9a-f]{40,64})\t(\S+))$/.exec(line) ?? []
      if (symref !== undefined) return [['symref', symref]]
      return commit === undefined || name === undefined ? [] : [[name, commit]]
    }),
  )

const linesOf = (text = ''): readonly string[] => text.split('\n').filter((line) => line !== '')

/** Fields by name: `NAME WORD` in a line, or `NAME COUNT` and so many characters behind it. */
const fieldsOf = (text: string): ReadonlyMap<string, string> | undefined => {
  const framed = new Set(['url', 'modified', 'stale', 'inner', 'trouble', 'remote', 'unreachable'])
  const fields = new Map<string, string>()
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at)
    const [, name, word] = /^(\w+) (.+)$/.exec(text.slice(at, Math.max(end, at))) ?? []
    if (name === undefined || word === undefined) return undefined
    at = end + 1
    if (!framed.has(name)) {
      fields.set(name, word)
      continue
    }
    const next = at + Number(word)
    if (!(next < text.length)) return undefined
    fields.set(name, text.slice(at, next))
    at = next + 1
  }
  return fields
}

const answerOf = (text: string): Answered<CheckoutAnswer> => {
  const fields = fieldsOf(text)
  if (fields?.has('lacks') === true) return { ok: false, problem: 'unavailable', detail: 'git' }
  const is = fields?.get('is')
  if (is === undefined || fields?.has('end') !== true) {
    return { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
  }
  const given = (name: 'head' | 'branch' | 'trouble' | 'unreachable'): object => {
    const value = fields.get(name)
    return value === undefined ? {} : { [name]: value.trim() }
  }
  const url = fields.get('url')?.trim() ?? ''
  const remote = fields.get('remote')
  const answer: CheckoutAnswer = {
    is: is as CheckoutAnswer['is'],
    ...given('trouble'),
    ...given('head'),
    ...given('branch'),
    ...given('unreachable'),
    ...(url === '' ? {} : { url }),
    modified: [...linesOf(fields.get('modified')), ...linesOf(fields.get('inner'))].map((line) =>
      line.trim().replace(/^(\S+)\s+/, '$1 '),
    ),
    own: Number(fields.get('own') ?? 0),
    stale: linesOf(fields.get('stale')).map((line) => line.slice(1).split(' ')[1] ?? line),
    ...(remote === undefined ? {} : { remote: remoteOf(remote) }),
  }
  return { ok: true, value: answer }
}

const parse = (output: Buffer, queries: readonly CheckoutQuery[]): readonly Answered<CheckoutAnswer>[] => {
  let at = 0
  return queries.map(() => {
    const end = output.indexOf(10, at)
    const digits = output.subarray(at, Math.max(at, end)).toString('latin1')
    const next = end + 1 + Number(digits)
    if (!/^\d+$/.test(digits) || next > output.length) return answerOf('')
    const text = output.subarray(end + 1, next).toString('latin1')
    at = next
    const answer = answerOf(text)
    return answer.ok ? { ok: true, value: inUtf8(answer.value) } : answer
  })
}

/** Lengths are counted in bytes, so a character is a byte until all is taken apart. */
const inUtf8 = (answer: CheckoutAnswer): CheckoutAnswer =>
  JSON.parse(Buffer.from(JSON.stringify(answer), 'latin1').toString('utf8')) as CheckoutAnswer

export const checkoutKind: ReadKind<CheckoutQuery, CheckoutAnswer> = {
  name: 'git.checkout',
  // git itself may come with a state of the same run, and is looked for by the script.
  tools: ['su', 'timeout', 'wc', 'cat'],
  script,
  parse,
  seconds: () => 45,
}
