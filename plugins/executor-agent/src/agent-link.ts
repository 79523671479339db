import type { BlobStore, Blob } from '@prove/core'
import type { Connection, Greeted, MessageOf } from '@prove/link'
import { ContentServer } from './content-server.js'

/** What is said of one request. */
export type Said = MessageOf<'event'> | MessageOf<'ended'>

interface Expected {
  readonly said: (message: Said) => void
  readonly contents: ReadonlyMap<string, Blob>
}

/** A link to an agent that is ready: what it says is given to whoever asked. */
export class AgentLink {
  readonly #expected = new Map<string, Expected>()
  readonly #contents: ContentServer
  /** Resolves when the link is over: to the reason, where there is one. */
  readonly over: Promise<unknown>
  isOver = false

  constructor(
    readonly connection: Connection,
    readonly greeted: Greeted,
    blobs: BlobStore,
  ) {
    const allowed = (sha256: string): Blob | undefined => {
      for (const { contents } of this.#expected.values()) if (contents.has(sha256)) return contents.get(sha256)
      return undefined
    }
    this.#contents = new ContentServer(connection, blobs, allowed)
    this.over = this.#read(greeted.incoming)
      .then(
        () => undefined,
        (error: unknown) => error,
      )
      .finally(() => {
        this.isOver = true
      })
  }

  /** From now on what is said of a request goes there. Returns what ends that. */
  expect(id: string, expected: Expected): () => void {
    this.#expected.set(id, expected)
    return () => this.#expected.delete(id)
  }

  async #read(incoming: Greeted['incoming']): Promise<void> {
    for await (const said of incoming) {
      if (said.kind === 'event' || said.kind === 'ended') this.#expected.get(said.id)?.said(said)
      else if (said.kind === 'want') this.#contents.take(said)
      else this.connection.destroy()
    }
  }
}
