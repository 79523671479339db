import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Milliseconds of quiet after which what somebody does to a path counts as done. */
const quiet = 200

/** Milliseconds after which it is looked again for a folder that is not there. */
const again = 5000

/** Hears of changes of one path, whether it is there or not. */
export class PathWatch {
  #outer: FSWatcher | undefined
  /** Of a directory: what lies in it. */
  #inner: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(
    private readonly path: string,
    /** Called when it has been quiet for a moment. */
    private readonly changed: () => void,
  ) {
    this.#open()
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#outer?.close()
    this.#inner?.close()
  }

  /** Files are replaced more often than they are written: what is watched is the folder. */
  #open(): void {
    const folder = dirname(this.path)
    const name = basename(this.path)
    this.#outer = opened(folder, (about) => {
      if (!isFolder(folder)) this.#reopen()
      if (about === name) this.#heard()
    })
    if (this.#outer === undefined) return this.#reopen()
    this.#openInner()
  }

  #openInner(): void {
    this.#inner?.close()
    this.#inner = isFolder(this.path) ? opened(this.path, () => this.#heard()) : undefined
  }

  /** The folder is not there, or is another one. */
  #reopen(): void {
    this.#outer?.close()
    this.#outer = undefined
    this.#later(again, () => {
      this.#open()
      // It may have come meanwhile.
      if (this.#outer !== undefined) this.#heard()
    })
  }

  #heard(): void {
    this.#later(quiet, () => {
      this.#openInner()
      this.changed()
    })
  }

  #later(ms: number, act: () => void): void {
    if (this.#isOver) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(act, ms)
    this.#timer.unref()
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Undefined where there is nothing to watch. */
const opened = (folder: string, heard: (name: string | null) => void): FSWatcher | undefined => {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => heard(name))
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
