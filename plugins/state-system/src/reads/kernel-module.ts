import { type Answered, quoteAll, type Read, type ReadKind } from '@prove/core'

interface ModuleQuery {
  readonly name: string
}

/** How a module of the kernel is: in it as a part of it, loaded, or neither. */
export type ModuleAnswer = 'builtin' | 'loaded' | 'absent'

/** The kernel writes names of modules with underscores. */
const moduleName = (name: string): string => name.replaceAll('-', '_')

export const kernelModule = (name: string): Read<ModuleAnswer> => ({
  kind: 'kernel.module',
  key: `kernel.module:${moduleName(name)}`,
  query: { name: moduleName(name) } satisfies ModuleQuery,
})

const script = (queries: readonly ModuleQuery[]): string => `
echo loaded
[ ! -r /proc/modules ] || cut -d ' ' -f 1 /proc/modules
echo builtin
b=/lib/modules/$(uname -r)/modules.builtin
[ ! -r "$b" ] || sed 's|.*/||; s/[.]ko.*//; y/-/_/' "$b"
for m in ${quoteAll(queries.map(({ name }) => name))}; do [ -d "/sys/module/$m" ] && ! [ -e "/sys/module/$m/initstate" ] && echo "$m"; done
echo end`

const parse = (output: Buffer, queries: readonly ModuleQuery[]): readonly Answered<ModuleAnswer>[] => {
  const lines = output.toString('latin1').split('\n')
  const middle = lines.indexOf('builtin')
  if (lines[0] !== 'loaded' || middle < 0 || !lines.includes('end', middle)) {
    return queries.map(() => ({ ok: false, problem: 'failed', detail: 'the answer of the target broke off' }))
  }
  const loaded = new Set(lines.slice(1, middle))
  const builtin = new Set(lines.slice(middle + 1))
  return queries.map(({ name }) => {
    if (loaded.has(name)) return { ok: true, value: 'loaded' }
    return { ok: true, value: builtin.has(name) ? 'builtin' : 'absent' }
  })
}

export const kernelModuleKind: ReadKind<ModuleQuery, ModuleAnswer> = {
  name: 'kernel.module',
  tools: ['cut', 'sed', 'uname'],
  script,
  parse,
  // Only commands load a module, and these touch everything.
  restsOn: () => ({ paths: ['/lib/modules'], below: true }),
}
