import { quoteAll, type Step, type StepKind } from '@prove/core'
import { canonicalKey, procPath } from '../sysctl/key.js'

/** Gives the kernel a value, now. */
export interface SysctlStep extends Step {
  readonly kind: 'sysctl.write'
  readonly name: string
  readonly value: string
}

export const sysctlStepKind: StepKind<SysctlStep> = {
  name: 'sysctl.write',
  touches: ({ name }) => ({ paths: [procPath(name)] }),
  gives: ({ name, value }) => [{ key: `sysctl:${canonicalKey(name)}`, fields: { value } }],
  // The kernel refuses what is out of range; the write itself says so.
  library: () => `sysctl_write() { printf '%s\\n' "$2" >"$D/value" && cat "$D/value" >"$1"; }`,
  command: ({ name, value }) => `sysctl_write ${quoteAll([procPath(name), value])}`,
}
