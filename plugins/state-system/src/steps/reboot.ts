import type { Step, StepKind } from '@prove/core'

/** Boots the target, and waits until it is back. */
export interface RebootStep extends Step {
  readonly kind: 'system.reboot'
  /** Seconds. */
  readonly within: number
}

export const rebootStepKind: StepKind<RebootStep> = {
  name: 'system.reboot',
  reboots: ({ within }) => within,
  // It begins when this step has been told of, and outlives the session.
  library: () => `reboot_soon() {
if [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then set -- systemctl reboot
elif command -v reboot >/dev/null 2>&1; then set -- reboot
else fail 'neither systemctl nor reboot is there'; fi
setsid sh -c 'sleep 1; exec "$@"' reboot "$@" >/dev/null 2>&1 </dev/null &
}`,
  command: () => 'reboot_soon',
}
