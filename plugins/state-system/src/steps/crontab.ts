import { type Blob, type MadeBlob, quoteAll, type Step, type StepKind } from '@prove/core'
import { crontabLibrary, ownerOf, spoolsOf } from '../reads/crontab.js'

/** Hands in a whole crontab, as its user would; one without a line is removed. */
export interface CrontabStep extends Step {
  readonly kind: 'cron.crontab'
  /** Absent: the user of the session. */
  readonly user?: string | undefined
  readonly blob: MadeBlob
  /** What the new one was made from: where the crontab holds something else by now, it is left alone. */
  readonly replaces: Blob
}

export const crontabStepKind: StepKind<CrontabStep> = {
  name: 'cron.crontab',
  tools: ['sha256sum'],
  blobs: ({ blob }) => [blob],
  touches: ({ user }) => ({ paths: user === undefined ? ['/var/spool/cron', '/etc/crontabs'] : spoolsOf(user) }),
  gives: (step, facts) => {
    const { text, encoding } = step.blob
    return [{ key: `crontab:${ownerOf(step, facts)}`, fields: { text, encoding } }]
  },
  library: () => `${crontabLibrary}
crontab_write() { # USER PAYLOAD SIZE SHA256
crontab_text "$1" 2>/dev/null || : >"$D/tab"
s=$(sha256sum <"$D/tab")
[ "\${s%% *}" = "$4" ] || fail 'the crontab was changed by somebody else meanwhile'
if [ "$3" = 0 ]; then crontab_of "$1" -r; else payload "$2" >"$D/new" && crontab_of "$1" - <"$D/new"; fi
}`,
  command: ({ user = '', blob, replaces }, blobPath) =>
    `crontab_write ${quoteAll([user, blobPath(blob), String(blob.size), replaces.sha256])}`,
}
