import { type Answered, type Given, quoteAll, type Read, type ReadKind } from '@prove/core'

interface LinkQuery {
  readonly path: string
}

/** What is at a path that is to be a link. What it leads to is no part of the answer, and so no reason to ask again. */
export interface LinkAnswer {
  readonly type: 'absent' | 'link' | 'other'
  readonly target?: string
  /** Whether the session may make and remove entries of its directory. */
  readonly writable: boolean
}

export const linkAt = (path: string): Read<LinkAnswer> => ({
  kind: 'nginx.link',
  key: `nginx.link:${path}`,
  query: { path } satisfies LinkQuery,
})

/** Of each path a line; then where the links lead, each ended by a NUL. */
const script = (queries: readonly LinkQuery[], { dialect }: { readonly dialect: string }): string => `
t() { for p; do
w=.; [ -w "\${p%/*}/" ] && w=w
if [ -L "$p" ]; then echo "link $w"; elif [ -e "$p" ]; then echo "other $w"; else echo "absent $w"; fi
done; }
${
  dialect === 'gnu'
    ? `l() { for p; do [ -L "$p" ] && printf '%s\\0' "$p"; done | xargs -0 -r readlink -z --; }`
    : `l() { for p; do [ -L "$p" ] && readlink "$p" && printf '\\0'; done; }`
}
t ${quoteAll(queries.map(({ path }) => path))}
echo ---
l ${quoteAll(queries.map(({ path }) => path))}
:`

const brokeOff: Answered<LinkAnswer> = { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }

const parse = (
  output: Buffer,
  queries: readonly LinkQuery[],
  { dialect }: { readonly dialect: string },
): readonly Answered<LinkAnswer>[] => {
  const [head = '', ...rest] = output.toString('utf8').split('---\n')
  const lines = head.split('\n')
  // One readlink ends each with a line end of its own.
  const targets = rest
    .join('---\n')
    .split('\0')
    .map((target) => (dialect === 'gnu' ? target : target.replace(/\n$/, '')))
  let next = 0
  return queries.map((_query, i) => {
    const [, type, writable] = /^(absent|link|other) ([.w])$/.exec(lines[i] ?? '') ?? []
    if (type !== 'absent' && type !== 'link' && type !== 'other') return brokeOff
    const answer = { type, writable: writable === 'w' } as const
    if (type !== 'link') return { ok: true, value: answer }
    const target = targets[next++]
    return target === undefined || target === '' ? brokeOff : { ok: true, value: { ...answer, target } }
  })
}

/** What the link leads to, and the directories above that, do not change where it leads. */
const isBehind = (changed: string, target: string): boolean => changed === target || target.startsWith(`${changed}/`)

const predict = ({ path }: LinkQuery, answer: LinkAnswer, given: readonly Given[]): LinkAnswer | undefined => {
  let now: LinkAnswer | undefined = answer
  for (const { key, fields } of given) {
    if (now === undefined) return undefined
    const { type, target } = fields as { readonly type?: string; readonly target?: string }
    const changed = key.slice(key.indexOf(':') + 1)
    const { writable }: LinkAnswer = now
    if (changed !== path) {
      const isAbove = path.startsWith(`${changed}/`)
      if (isAbove ? type !== 'directory' : !isBehind(changed, now.target ?? '')) return undefined
    } else if (type === 'link' && target !== undefined) now = { type, target, writable }
    else if (type !== undefined) now = { type: type === 'absent' ? type : 'other', writable }
    else return undefined
  }
  return now
}

export const linkKind: ReadKind<LinkQuery, LinkAnswer> = {
  name: 'nginx.link',
  tools: ['xargs', 'readlink'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict,
}
