import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { eventShape, type ProveEvent, type RunEvent, type SummaryEvent } from '@prove/core'
import { isAlive, writingProcess } from './writing-process.js'

/** A kept run, as its first and last lines tell it. */
export interface KeptRun {
  readonly id: string
  readonly run: RunEvent
  /** Absent where it goes on, or did not end. */
  readonly summary?: SummaryEvent
  /** Whether it goes on. */
  readonly isRunning: boolean
  readonly bytes: number
}

/** How long a run on another machine that shares the folder counts as going on. */
const patienceMs = 24 * 3600 * 1000

/** Reads the two ends of a file, however long it is. Undefined for what is no record of a run, or is there no more. */
export const keptRun = (file: string, id: string): KeptRun | undefined => {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const { size, mtimeMs } = fstatSync(descriptor)
    const [head = '', first = ''] = linesAt(descriptor, size, 'begin', 2)
    const run = eventOf(first)
    if (run?.type !== 'run') return undefined
    const last = eventOf(linesAt(descriptor, size, 'end', 1)[0] ?? '')
    if (last?.type === 'summary') return { id, run, summary: last, isRunning: false, bytes: size }
    const writer = writingProcess.safeParse(jsonOf(head)).data
    const isRunning = writer !== undefined && (isAlive(writer) ?? Date.now() - mtimeMs < patienceMs)
    return { id, run, isRunning, bytes: size }
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The events of a run, in their order; of one target, where only that is wanted. What is no event is left out. */
export const eventsIn = (file: string, target?: string): readonly ProveEvent[] => {
  const mark = target === undefined ? '' : `"target":${JSON.stringify(target)}`
  return textOf(file)
    .split('\n')
    .flatMap((line) => (line.includes(mark) ? (eventOf(line) ?? []) : []))
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const eventOf = (line: string): ProveEvent | undefined => eventShape().safeParse(jsonOf(line)).data

/** Undefined for what is no JSON, such as a line that was cut. */
const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Bytes that are read first; again and again twice as many, until they hold the lines. */
const atFirst = 4096

/** The first or the last whole lines. */
const linesAt = (descriptor: number, size: number, where: 'begin' | 'end', count: number): readonly string[] => {
  for (let length = atFirst; ; length *= 2) {
    const isWhole = length >= size
    const buffer = Buffer.alloc(Math.min(length, size))
    readSync(descriptor, buffer, 0, buffer.length, where === 'begin' ? 0 : size - buffer.length)
    const parts = buffer.toString('utf8').split('\n')
    // Before the first break stands half a line, unless it is the first of all; behind the last one what was cut.
    const lines = where === 'begin' || isWhole ? parts.slice(0, -1) : parts.slice(1, -1)
    if (lines.length >= count || isWhole) return where === 'begin' ? lines.slice(0, count) : lines.slice(-count)
  }
}
