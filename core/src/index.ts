export { z } from 'zod'
export * from './model.js'
export * from './error.js'
export { errorTable, type ErrorCode } from './error-table.js'
export { SourceText } from './source-text.js'
export { didYouMean, nearest } from './nearest.js'
export { schemaProblems, type SchemaProblem } from './schema-problems.js'
export { canonicalJson, isMap, type Json } from './json.js'
export { bytesText, durationText } from './amounts.js'
export { type BlobEncoding, isMade, makeBlob, type MadeBlob } from './made-blob.js'
export { groupBy } from './group-by.js'
export * from './define.js'
export * from './define-states.js'
export * from './contracts/basic-facts.js'
export * from './contracts/blob.js'
export * from './contracts/compiled.js'
export type { Example } from './contracts/example.js'
export * from './contracts/executor.js'
export * from './contracts/facts.js'
export * from './contracts/late.js'
export * from './contracts/ledger.js'
export * from './contracts/loader.js'
export * from './contracts/meta-state.js'
export * from './contracts/operation.js'
export * from './contracts/reached.js'
export * from './contracts/read.js'
export * from './contracts/scope.js'
export * from './contracts/session.js'
export * from './contracts/state-function.js'
export * from './contracts/step.js'
export * from './contracts/transport.js'
export * from './contracts/trip.js'
export * from './contracts/report.js'
export {
  account,
  type BlobArgument,
  blobArguments,
  type BlobKind,
  blobKindOf,
  isSecret,
  mode,
  nestedState,
  nestedStates,
  path,
  secret,
  source,
  sourceTree,
  text,
  type TreeEntry,
  type TreeFilter,
} from './arguments.js'
export { type AccountAnswer, accountPaths, futureId, givesAccount, group, user } from './reads/account.js'
export { command, type CommandAnswer } from './reads/command.js'
export { content, type ContentAnswer } from './reads/content.js'
export { editable, type EditableAnswer } from './reads/editable.js'
export { empty } from './reads/empty.js'
export { entry, file, type FileAnswer } from './reads/file.js'
export { givesFile, givesPlace } from './reads/file-prediction.js'
export { holdsLate, isLateValue } from './late/is-late.js'
export { evaluate, type Evaluated, type LateScope, truthy } from './late/evaluate.js'
export { late, type LateExpression } from './late/late.js'
export { exec, type ExecStep } from './steps/exec.js'
export type { CommandLine } from './steps/command-line.js'
export * from './steps/attributes.js'
export * from './steps/file.js'
export type { ActionEvent, ToldInvocation } from './engine/action-event.js'
export * from './engine/event.js'
export * from './engine/run-record.js'
export { eventSchema } from './engine/event-schema.js'
export { Interruption } from './engine/interruption.js'
export { type ConfigInput, defineConfig, importPlugin, loadConfig, type ProveConfig } from './kernel/config.js'
export { placeInConfig } from './kernel/config-place.js'
export * from './kernel/config-schema.js'
export type { Registry } from './kernel/registry.js'
export { createKernel, type Kernel } from './kernel/kernel.js'
export type { Brings, LaterPlugin } from './kernel/later-plugins.js'
export type { Hooks } from './kernel/hooks.js'
export { definePlugin, type Plugin, type PluginDefinition } from './kernel/plugin.js'
export { isWebAddress, shownWebAddress, withoutCredentials } from './web-address.js'
export { coreVersion } from './kernel/version.js'
export type { Elevation } from './wire/elevation.js'
export type { LockOwner } from './wire/lock.js'
export { quote, quoteAll } from './wire/quote.js'
export { spawnStream, type SpawnOptions } from './wire/spawn-stream.js'
export type { ActionResult } from './operations/outcome.js'
export type { StatesRequest } from './operations/states-request.js'
export { selectStates } from './engine/select-states.js'
export { reachByShell, type ShellGround } from './engine/reach-by-shell.js'
export { runTarget, type TargetRun } from './engine/run-target.js'
