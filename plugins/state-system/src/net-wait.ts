import { defineState, isWebAddress, path, type Verdict, z } from '@prove/core'
import { waitExamples } from './examples.js'
import { isGood, shownWanted, type Wanted } from './net/probe.js'
import { probe } from './reads/probe.js'
import type { WaitStep } from './steps/wait.js'

interface Given {
  readonly port?: number | undefined
  readonly host: string
  readonly url?: string | undefined
  readonly status?: number | readonly number[] | undefined
  readonly file?: string | undefined
  readonly absent?: boolean | undefined
}

const wantedOf = ({ port, host, url, status = [], file, absent = false }: Given): Wanted => {
  if (url !== undefined) return { what: 'url', url, status: [status].flat(), absent }
  if (file !== undefined) return { what: 'file', path: file, absent }
  return { what: 'port', host, port: port ?? 0, absent }
}

const http = z.int().min(100).max(599)

/** Wait until a port, a page or a file is there. */
export const wait = defineState({
  name: 'net.wait',
  about: 'Wait until a port, a page or a file is there, or is gone.',
  details: `It looks from the target. Where all is as wanted nothing is done; otherwise the run waits on the target, and looks every
second. Waiting is no change, and notifies nobody.

A page counts as there with a status of 200 to 399 unless \`status\` says otherwise; redirections are not followed. With \`absent\`
it counts as gone when nothing answers. User and password of a URL are never shown.`,
  main: 'port',
  args: {
    port: z.int().min(1).max(65_535).optional().meta({ description: 'A port of TCP.' }),
    host: z
      .string()
      .regex(/^[\w.:%][\w.:%-]*$/, 'expected a name or an address')
      .default('localhost')
      .meta({ description: 'The host of the port.' }),
    url: z
      .string()
      .regex(/^https?:\/\/\S+$/, 'expected http:// or https://')
      .refine(isWebAddress, 'expected an address with special characters as %XX')
      .optional()
      .meta({ description: 'A page.' }),
    status: z
      .union([http, z.array(http).min(1)])
      .optional()
      .meta({ description: 'The status of HTTP that the page is to have, or several.' }),
    file: path('A file, or anything else at a path.').optional(),
    absent: z.boolean().optional().meta({ description: 'Wait until it is gone.' }),
    within: z.int().min(0).max(86_400).default(60).meta({ description: 'Seconds to wait at the most.' }),
  },
  examples: waitExamples,

  conflict: ({ port, url, status, file, absent }) => {
    const count = [port, url, file].filter((each) => each !== undefined).length
    if (count !== 1) return 'give one of "port", "url" and "file"'
    if (status !== undefined && url === undefined) return '"status" is of a "url"'
    return status !== undefined && absent === true ? '"status" and "absent" exclude each other' : undefined
  },

  reads: (given) => ({ now: probe(wantedOf(given)) }),

  check: (given, { now }) => {
    const wanted = wantedOf(given)
    if (isGood(wanted, now)) return []
    return [{ field: shownWanted(wanted), from: now, to: toOf(wanted), maybe: true }]
  },

  apply: (given) => {
    const step: WaitStep = { kind: 'net.wait', wanted: wantedOf(given), within: given.within }
    return [step]
  },

  // The step has seen it.
  verify: () => 'none',
  judge:
    () =>
    ([result]): Verdict => {
      if (result?.status === 'done') return { changed: false }
      return { failed: result?.stderr.trim() || 'it did not come to wait', changed: false }
    },
})

const toOf = (wanted: Wanted): string => {
  switch (wanted.what) {
    case 'port':
      return wanted.absent ? 'closed' : 'open'
    case 'url':
      if (wanted.absent) return 'none'
      return wanted.status.length === 0 ? '200 to 399' : wanted.status.join(' or ')
    case 'file':
      return wanted.absent ? 'gone' : 'there'
  }
}
