import { quoteAll, type Step, type StepKind } from '@prove/core'
import { goodPattern, probeLibrary, probeWords, shownWanted, type Wanted } from '../net/probe.js'

/** Waits on the target until something is as wanted. While it waits, anything may change. */
export interface WaitStep extends Step {
  readonly kind: 'net.wait'
  readonly wanted: Wanted
  /** Seconds. */
  readonly within: number
}

export const waitStepKind: StepKind<WaitStep> = {
  name: 'net.wait',
  library: () => `${probeLibrary}
wait_for() { # SECONDS SHOWN PROBE…; "good" tells whether what it says is as wanted
until=$(($(date +%s) + $1)); shown=$2; shift 2
while :; do
s=$(probe "$@")
good "$s" && return
[ "$(date +%s)" -lt "$until" ] || fail "$shown: still $s"
sleep 1
done
}`,
  command: ({ wanted, within }) =>
    `eval ${quoteAll([`good() { case $1 in ${goodPattern(wanted)}) return 0;; esac; return 1; }; wait_for ${quoteAll([String(within), shownWanted(wanted), ...probeWords(wanted)])}`])}`,
  seconds: ({ within }) => within + 10,
}
