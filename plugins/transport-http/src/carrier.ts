/** Takes messages to the other side, each once and in their order: over a WebSocket, or request by request. */
export interface Carrier {
  onMessage: (message: Buffer) => void
  /** Called once, when the other side is gone, or does what it must not. */
  onClosed: (error: Error) => void
  /** `taken` is called when the next may come. */
  send(message: Buffer, taken: (error?: Error | null) => void): void
  /** Nothing more is sent, and nothing more is wanted: what was sent still arrives, then it closes. */
  finish(): void
  /** Closes at once; the other side learns of it where it can. */
  abort(): void
}
