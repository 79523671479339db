import { knownErrors } from '@prove/core'
import type { Connection, Incoming } from '@prove/link'
import type { Fetch } from './content-store.js'
import { ContentRequests } from './content-requests.js'
import type { Listener, Story } from './request-run.js'
import type { Requests } from './requests.js'

/** Carries out what the master asks for over one link, until the link ends. What was begun goes on after that. */
export const serveLink = async (
  connection: Connection,
  incoming: AsyncIterable<Incoming>,
  requests: Requests,
): Promise<void> => {
  const contents = new ContentRequests(connection)
  try {
    for await (const said of incoming) {
      switch (said.kind) {
        case 'request':
          requests.take(said, (story) => new LinkListener(connection, said.id, said.from, story, contents.fetch))
          break
        case 'interrupt':
          requests.interrupt(said.id, said.times)
          break
        case 'settled':
          requests.settle(said.id)
          break
        case 'content':
        case 'bytes':
          await contents.take(said)
          break
        default:
          connection.destroy()
      }
    }
  } finally {
    contents.end()
  }
}

/** Tells one story over one link, as fast as the link takes it. */
class LinkListener implements Listener {
  #isTelling = false
  #hasEnded = false

  constructor(
    private readonly connection: Connection,
    private readonly id: string,
    private next: number,
    private readonly story: Story,
    readonly fetch: Fetch,
  ) {}

  wake(): void {
    if (this.#isTelling || this.#hasEnded) return
    this.#isTelling = true
    // A link that is gone is told by its own end; the story waits for the next.
    this.#tell().catch((error: unknown) => {
      if (knownErrors(error).length === 0) this.connection.destroy()
    })
  }

  async #tell(): Promise<void> {
    const { connection, id, story } = this
    for (let event = story.events[this.next]; event !== undefined; event = story.events[this.next]) {
      // oxlint-disable-next-line no-await-in-loop -- in order, and no faster than the link takes it
      await connection.send({ kind: 'event', id, number: this.next++, event: { ...event } })
    }
    const { report } = story
    // From here to the end of the function nothing can come that is not seen: whoever has more wakes it again.
    this.#isTelling = false
    if (report === undefined) return
    this.#hasEnded = true
    const { result, facts, errors } = report
    await connection.send({
      kind: 'ended',
      id,
      ...(result === undefined ? {} : { result: { ...result } }),
      ...(facts === undefined ? {} : { facts: { ...facts } }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
    })
  }
}
