import { SourceMap, type SourceMapPayload } from 'node:module'
import type { Place } from '@prove/core'

const mapComment = /\n?\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)\s*$/

/**
 * Finds the places in sources that the stack of an error names. What runs is not what was written: every file is rewritten
 * before, so each column is looked up in its source map.
 */
export class StackPlaces {
  readonly #maps = new Map<string, string>()

  /** Keeps the source map that stands at the end of this code, and gives the code to run. */
  take(file: string, code: string): string {
    const map = mapComment.exec(code)
    if (map?.[1] !== undefined) this.#maps.set(file, map[1])
    // jiti writes the head of a function in front of the first line, which would shift its columns.
    return `\n${map === null ? code : code.slice(0, map.index)}`
  }

  /** The innermost place that lies in a file taken here. */
  placeOf(thrown: unknown): Place | undefined {
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
    for (const frame of stack.split('\n')) {
      const [, start = '', line, column] = /^(\s*at .*?):(\d+):(\d+)\)?$/.exec(frame) ?? []
      const file = [...this.#maps.keys()].find(
        (name) => start.endsWith(name) && /[ (/]$/.test(start.slice(0, -name.length)),
      )
      if (file !== undefined) return this.#place(file, Number(line), Number(column))
    }
    return undefined
  }

  #place(file: string, line: number, column: number): Place {
    const payload = JSON.parse(Buffer.from(this.#maps.get(file) ?? '', 'base64').toString()) as SourceMapPayload
    const entry = new SourceMap(payload).findEntry(line - 2, column - 1)
    if (!('originalLine' in entry)) return { file, line: Math.max(line - 1, 1), column: 1 }
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  }
}
