import type { z } from 'zod'

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
