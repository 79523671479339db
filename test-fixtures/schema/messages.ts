/** One message of the language server protocol, with the header that says how long it is. */
export const frame = (message: Record<string, unknown>): Buffer => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body])
}

/** Finds the messages in a stream of bytes, whatever its chunks. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0)

  constructor(private readonly take: (message: unknown) => void) {}

  add(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      const header = this.#rest.indexOf('\r\n\r\n')
      if (header < 0) return
      const length = /Content-Length: (\d+)/i.exec(this.#rest.subarray(0, header).toString())?.[1]
      if (length === undefined) throw new Error(`no length in ${JSON.stringify(this.#rest.toString())}`)
      const end = header + 4 + Number(length)
      if (this.#rest.length < end) return
      const body = this.#rest.subarray(header + 4, end).toString()
      this.#rest = this.#rest.subarray(end)
      this.take(JSON.parse(body))
    }
  }
}
