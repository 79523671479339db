import type { z } from 'zod'
import type { LockOwner } from '../wire/lock.js'
import type { BlobStore } from './blob.js'
import type { Reached } from './reached.js'
import type { Transport } from './transport.js'
import type { Trip } from './trip.js'

/** Both directions of a process on a target. */
export interface ByteStream {
  /** Resolves when the bytes were taken; rejects when the stream is closed. */
  write(bytes: Buffer): Promise<void>
  /** No more input: the shell ends after what it has read. */
  end(): void
  onData(listener: (bytes: Buffer) => void): void
  /** Standard error: a login profile's noise, or the reason why no shell came. */
  onNotice(listener: (bytes: Buffer) => void): void
  /** Called once, with a sentence when the stream broke, and the exit status of the shell where it is known. */
  onClose(listener: (reason: string | undefined, status?: number) => void): void
  /** Tears the stream down without waiting. */
  destroy(): void
}

/** What may be asked of whoever sits at the terminal. */
export interface Asks {
  /** Asks for a secret, without showing what is typed; the same question once in a run. Absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>
  /** The password to log in with, where the run was told to ask for one. */
  readonly password?: () => Promise<string>
}

/** Whom a stream is to lead to. */
export interface Destination extends Asks {
  /** The name of the target. */
  readonly target: string
  /** What the configuration or an inventory says that it is reached at; its name unless it says so. */
  readonly host: string
  /** Aborted when nobody waits for the stream any more. */
  readonly signal?: AbortSignal
}

/**
 * A way to reach a target. Its whole duty is to run one command line under the login shell there, and to hand
 * over the stream.
 */
export interface Executor<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string
  readonly about: string
  /** True when all its targets are one machine: runs that change it then come one after the other. */
  readonly oneMachine?: boolean
  readonly options: S
  /** Throws PRV_TARGET_UNREACHABLE with the cause and the next thing to try. */
  open(options: z.output<z.ZodObject<S>>, command: string, to: Destination): Promise<ByteStream>
}

/** A plugin, and what it was built from; absent where it does not say. */
export interface PluginBuild {
  readonly name: string
  readonly build?: string | undefined
}

/** Whose agent is to be reached, and what it will ask of the master. */
export interface AgentDestination extends Destination {
  /** Who is at work, as told to whoever comes second. */
  readonly owner: LockOwner
  /** The contents that the agent may ask for. */
  readonly blobs: BlobStore
  /** The transport of an address. Throws PRV_TRANSPORT_UNKNOWN. */
  readonly transportOf: (address: string) => Promise<Transport>
  /** The plugin that a state function comes from, as this side has it. */
  readonly pluginOf: (fn: string) => PluginBuild | undefined
  /** Called when a round trip has ended. */
  readonly onTrip: (trip: Trip) => void
}

/** A way to reach a target that has an agent: actions are carried out there, and no shell is opened from here. */
export interface AgentExecutor<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string
  readonly about: string
  /** An agent is a target of its own. */
  readonly oneMachine?: false
  readonly options: S
  /** Throws PRV_TARGET_UNREACHABLE with the cause and the next thing to try. */
  reach(options: z.output<z.ZodObject<S>>, to: AgentDestination): Promise<Reached>
}

/** By which a target is reached. */
export type AnyExecutor = Executor | AgentExecutor
