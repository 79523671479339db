import type { Read, ReadKind } from '@prove/core'

/** The name that the kernel has for the host. */
export const hostname: Read<string> = { kind: 'hostname', key: 'hostname', query: {} }

/** Where a process may see it, and where a step says that it changes it. */
export const kernelHostname = '/proc/sys/kernel/hostname'

export const hostnameKind: ReadKind<unknown, string> = {
  name: 'hostname',
  tools: ['uname'],
  script: () => 'uname -n',
  parse: (output, queries) => {
    const name = output.toString('utf8').replace(/\n$/, '')
    return queries.map(() =>
      /^\S+$/.test(name)
        ? { ok: true, value: name }
        : { ok: false, problem: 'failed', detail: 'the host did not tell its name' },
    )
  },
  restsOn: () => ({ paths: [kernelHostname] }),
  predict: (_query, _answer, given) => {
    const last = given.at(-1)
    return last?.key === 'hostname' ? String(last.fields['name']) : undefined
  },
}
