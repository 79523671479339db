import type { TripEvent } from '@prove/core'
import { duration } from './duration.js'
import { flow } from './flow.js'
import { type Layout, named, roomIn } from './layout.js'
import { faint, type Line } from './line.js'

/** One round trip: its number, how long it took, what was asked, and the bytes of both ways. */
export const tripLines = (
  { target, trip, elapsedMs, sent, received, frames }: TripEvent,
  layout: Layout,
): readonly Line[] => {
  const took = elapsedMs < 1000 ? `${Math.round(elapsedMs)} ms` : duration(elapsedMs)
  const counts = new Map<string, number>()
  for (const { what, count } of frames) counts.set(what, (counts.get(what) ?? 0) + count)
  const asked = [...counts].map(([what, count]) => (count === 1 ? what : `${count} ${what}`)).join(', ')
  const items = [took, asked, `${bytes(sent)} sent, ${bytes(received)} received`].map((text) => [faint(text)])
  return named(target, flow([faint(`> trip ${trip}`)], items, roomIn(layout), 4), layout)
}

const bytes = (count: number): string => (count < 10_000 ? `${count} B` : `${(count / 1024).toFixed(0)} KiB`)
