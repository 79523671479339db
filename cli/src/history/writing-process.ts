import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from '@prove/core'

/** The process that writes a run: by it others know whether the run goes on. */
export const writingProcess = z.object({
  host: z.string(),
  pid: z.int(),
  /** When it began, in the ticks of its machine; absent where that cannot be known. */
  born: z.string().optional(),
})

export type WritingProcess = z.output<typeof writingProcess>

export const thisProcess = (): WritingProcess => {
  const born = birthOf(process.pid)
  return { host: hostname(), pid: process.pid, ...(born === undefined ? {} : { born }) }
}

/** Whether it still runs; undefined for one on another machine, which shares the folder. */
export const isAlive = ({ host, pid, born }: WritingProcess): boolean | undefined => {
  if (host !== hostname()) return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Of another user, then: it is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return born === undefined || birthOf(pid) === born
}

/** The name in the second field may hold anything, also brackets. */
const birthOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
