import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { editorSettings } from '../../cli/src/editor-settings.js'
import { frame, MessageReader } from './messages.js'

/** Something the server says about a range of a document; lines count from 0. */
export interface Diagnostic {
  readonly message: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

/** One thing that may be written next. */
export interface CompletionItem {
  readonly label: string
  readonly insertText?: string
  readonly documentation?: string | { readonly value: string }
}

interface Hover {
  readonly contents: { readonly value: string }
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

interface Position {
  readonly line: number
  readonly character: number
}

/** Far longer than the slowest answer; only there so that a server that hangs is told as such. */
const patience = 60_000

/** What an editor would have in its settings, those that `init` writes among them: nothing comes from the network. */
const settings: Readonly<Record<string, unknown>> = {
  yaml: {
    schemaStore: { enable: false },
    validate: true,
    hover: true,
    completion: true,
    customTags: editorSettings['yaml.customTags'],
  },
  http: {},
}

const require = createRequire(import.meta.url)
const manifest = require.resolve('yaml-language-server/package.json')

/** The language server that editors use for YAML, as a child of the test: what users see of the schemas. */
export class LanguageServer {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers = new Map<number, (message: Message) => void>()
  readonly #published = new Map<string, (diagnostics: readonly Diagnostic[]) => void>()
  #configured: () => void = () => undefined
  #lastId = 0
  #complaints = ''

  private constructor() {
    this.#child = spawn(process.execPath, [manifest.replace('package.json', 'bin/yaml-language-server'), '--stdio'])
    const reader = new MessageReader((message) => this.#take(message as Message))
    this.#child.stdout.on('data', (chunk: Buffer) => reader.add(chunk))
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#complaints += chunk.toString()
    })
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer()
    const configured = server.#within('pull of the configuration', (done: (nothing: undefined) => void) => {
      server.#configured = () => done(undefined)
    })
    const capabilities = { workspace: { configuration: true } }
    await server.#ask('initialize', { processId: process.pid, rootUri: null, capabilities })
    server.#send({ method: 'initialized', params: {} })
    await configured
    return server
  }

  /** Opens a file with this text, and waits for what the server has to say about it. */
  async open(file: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(file).href
    const told = this.#within<readonly Diagnostic[]>(`diagnostics of ${file}`, (done) => this.#published.set(uri, done))
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    })
    return told
  }

  async complete(file: string, position: Position): Promise<readonly CompletionItem[]> {
    const answer = await this.#ask('textDocument/completion', at(file, position))
    return (answer as { readonly items: readonly CompletionItem[] }).items
  }

  async hover(file: string, position: Position): Promise<string> {
    const answer = (await this.#ask('textDocument/hover', at(file, position))) as Hover | null
    return answer?.contents.value ?? ''
  }

  /** Ends the child by its own handle, and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = new Promise((done) => this.#child.once('exit', done))
    this.#child.kill('SIGKILL')
    await gone
  }

  async #ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId
    const answer = this.#within<Message>(`answer to ${method}`, (done) => this.#answers.set(id, done))
    this.#send({ id, method, params })
    const { result, error } = await answer
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Diagnostic[] }
      this.#published.get(uri)?.(diagnostics)
    } else if (method === 'workspace/configuration') {
      const { items } = params as { items: readonly { section: string }[] }
      this.#send({ id, result: items.map(({ section }) => settings[section] ?? null) })
      this.#configured()
    } else if (method !== undefined && id !== undefined) this.#send({ id, result: null })
    else if (id !== undefined) this.#answers.get(id)?.({ result, ...(error === undefined ? {} : { error }) })
  }

  #send(message: Record<string, unknown>): void {
    this.#child.stdin.write(frame(message))
  }

  /** A promise that fails when the server ends first, or says nothing for too long. */
  #within<T>(what: string, begin: (done: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#child.off('exit', gone)
      }
      const fail = (why: string): void => {
        end()
        reject(new Error(`the language server ${why}: no ${what}\n${this.#complaints}`))
      }
      const gone = (): void => fail('ended')
      const timer = setTimeout(() => fail(`was silent for ${patience} ms`), patience)
      this.#child.once('exit', gone)
      begin((value) => {
        end()
        resolve(value)
      })
    })
  }
}

const at = (file: string, position: Position): unknown => ({
  textDocument: { uri: pathToFileURL(file).href },
  position,
})
