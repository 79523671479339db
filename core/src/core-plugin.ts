import { applyOperation } from './operations/apply.js'
import { cmdOperation } from './operations/cmd.js'
import { factsOperation } from './operations/facts.js'
import { pingOperation } from './operations/ping.js'
import { planOperation } from './operations/plan.js'
import { dismissOperation, statusOperation } from './operations/status.js'
import type { ReadKind } from './contracts/read.js'
import type { StepKind } from './contracts/step.js'
import { definePlugin } from './kernel/plugin.js'
import { coreVersion } from './kernel/version.js'
import { accountKind } from './reads/account.js'
import { commandKind } from './reads/command.js'
import { contentKind } from './reads/content.js'
import { editableKind } from './reads/editable.js'
import { emptyKind } from './reads/empty.js'
import { fileKind } from './reads/file.js'
import { execKind } from './steps/exec.js'
import { fileAttributesKind, fileDirectoryKind, fileLinkKind, fileRemoveKind, fileWriteKind } from './steps/file.js'
import { ledgerClearKind, ledgerNoteKind } from './steps/ledger.js'

/** What every plugin may build on, registered by the same call as everything else. */
export const corePlugin = definePlugin({
  name: 'core',
  core: coreVersion,
  reads: [fileKind, contentKind, editableKind, emptyKind, accountKind, commandKind] as readonly ReadKind[],
  steps: [
    execKind,
    fileWriteKind,
    fileDirectoryKind,
    fileAttributesKind,
    fileLinkKind,
    fileRemoveKind,
    ledgerNoteKind,
    ledgerClearKind,
  ] as readonly StepKind[],
  operations: [
    pingOperation,
    factsOperation,
    cmdOperation,
    planOperation,
    applyOperation,
    statusOperation,
    dismissOperation,
  ],
})
