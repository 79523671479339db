import type { LedgerEntry } from '../contracts/ledger.js'
import type { Step, StepKind } from '../contracts/step.js'
import { quote, quoteAll } from '../wire/quote.js'

/** Notes notifications in the ledger of the target, and returns when they would survive a loss of power. */
export interface LedgerNoteStep extends Step {
  readonly kind: 'ledger.note'
  readonly entries: readonly LedgerEntry[]
}

/** Removes what was answered. */
export interface LedgerClearStep extends Step {
  readonly kind: 'ledger.clear'
  readonly keys: readonly string[]
}

export const ledgerNote = (entries: readonly LedgerEntry[]): LedgerNoteStep => ({ kind: 'ledger.note', entries })

export const ledgerClear = (keys: readonly string[]): LedgerClearStep => ({ kind: 'ledger.clear', keys })

/**
 * `ledger_note KEY TEXT…`: each file appears whole or not at all. `sync` of old tools takes no files, and then writes
 * everything.
 */
const library = `
flush() { sync "$@" 2>/dev/null || sync; }
ledger_note() {
L=$S/ledger; mkdir -p "$L" && chmod 700 "$L" || return 1
while [ $# -gt 0 ]; do
printf '%s\\n' "$2" >"$L/.$1" && flush "$L/.$1" && mv -f "$L/.$1" "$L/$1" || return 1
shift 2
done
flush "$L"
}`

export const ledgerNoteKind: StepKind<LedgerNoteStep> = {
  name: 'ledger.note',
  touches: () => 'nothing',
  command: ({ entries }) =>
    `ledger_note ${entries.flatMap((entry) => [entry.key, quote(JSON.stringify(entry))]).join(' ')}`,
  library: () => library,
}

export const ledgerClearKind: StepKind<LedgerClearStep> = {
  name: 'ledger.clear',
  touches: () => 'nothing',
  command: ({ keys }, _blobPath, { stateFolder }) =>
    `rm -f ${quoteAll(keys.map((key) => `${stateFolder}/ledger/${key}`))}`,
}
