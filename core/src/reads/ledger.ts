import type { LedgerEntry } from '../contracts/ledger.js'
import { isMap } from '../json.js'

/** Prints a line for each entry of the ledger, behind the script of the facts and with its words: `ledger JSON`. */
export const ledgerScript = `
for l in "$S"/ledger/*; do [ -f "$l" ] && read -r e <"$l" && f ledger "$e"; done
:`

/** The entries among the lines; what is none is passed over. */
export const parseLedger = (output: string): readonly LedgerEntry[] =>
  output.split('\n').flatMap((line) => {
    if (!line.startsWith('ledger {')) return []
    try {
      const entry: unknown = JSON.parse(line.slice('ledger '.length))
      return isLedgerEntry(entry) ? [entry] : []
    } catch {
      return []
    }
  })

const isLedgerEntry = (value: unknown): value is LedgerEntry =>
  isMap(value) &&
  ['key', 'catalog', 'environment', 'state', 'by', 'since'].every((name) => typeof value[name] === 'string') &&
  isMap(value['with'])
