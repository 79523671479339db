import { quote, type Step, type StepKind } from '@prove/core'
import { kernelHostname } from '../reads/hostname.js'

/** Gives the running host a name. */
export interface HostnameStep extends Step {
  readonly kind: 'system.hostname'
  readonly name: string
}

export const hostnameStepKind: StepKind<HostnameStep> = {
  name: 'system.hostname',
  touches: () => ({ paths: [kernelHostname] }),
  gives: ({ name }) => [{ key: 'hostname', fields: { name } }],
  library: () => `hostname_set() {
if command -v hostname >/dev/null 2>&1; then hostname "$1"; else printf '%s\\n' "$1" >${kernelHostname}; fi
}`,
  command: ({ name }) => `hostname_set ${quote(name)}`,
}
