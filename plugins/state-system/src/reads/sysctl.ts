import { type Answered, quoteAll, type Read, type ReadKind } from '@prove/core'
import { alsoRestsOn, canonicalKey, plainValue, procPath } from '../sysctl/key.js'

interface SysctlQuery {
  readonly name: string
}

/** What the kernel has: undefined where it has no such setting, or lets nobody read it. */
export interface SysctlAnswer {
  readonly exists: boolean
  readonly value?: string
}

export const sysctl = (name: string): Read<SysctlAnswer> => ({
  kind: 'sysctl',
  key: `sysctl:${canonicalKey(name)}`,
  query: { name } satisfies SysctlQuery,
})

const script = (queries: readonly SysctlQuery[]): string => `
v() { for f; do
if ! [ -e "$f" ]; then echo 'absent 0'; continue; fi
if cat "$f" >"$D/v" 2>/dev/null; then s=value; else s=closed; : >"$D/v"; fi
echo "$s" $(wc -c <"$D/v"); cat "$D/v"
done; }
v ${quoteAll(queries.map(({ name }) => procPath(name)))}`

const parse = (output: Buffer, queries: readonly SysctlQuery[]): readonly Answered<SysctlAnswer>[] => {
  let at = 0
  return queries.map(() => {
    const end = output.indexOf(10, at)
    const head = output.subarray(at, Math.max(at, end)).toString('latin1')
    const [, status, digits] = /^(absent|value|closed) (\d+)$/.exec(head) ?? []
    const from = end + 1
    at = from + Number(digits)
    if (status === undefined || at > output.length) {
      return { ok: false, problem: 'failed', detail: 'the answer of the target broke off' }
    }
    const value = output.subarray(from, at).toString('utf8').trim()
    return { ok: true, value: { exists: status !== 'absent', ...(status === 'value' ? { value } : {}) } }
  })
}

export const sysctlKind: ReadKind<SysctlQuery, SysctlAnswer> = {
  name: 'sysctl',
  tools: ['cat', 'wc'],
  script,
  parse,
  restsOn: ({ name }) => ({ paths: [procPath(name), ...alsoRestsOn(name)], below: true }),
  predict: ({ name }, answer, given) => {
    const last = given.at(-1)
    if (last?.key !== `sysctl:${canonicalKey(name)}` || !given.every(({ key }) => key === last.key)) return undefined
    return { ...answer, value: plainValue(String(last.fields['value'])) }
  },
}
