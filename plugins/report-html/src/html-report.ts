import { type ProveEvent, recordOf, type ReportFormat } from '@prove/core'
import { page } from './page.js'
import { picturesOf } from './pictures.js'

/** A run as one page for a browser: everything is in it, and it asks no network for anything. */
export const htmlReport: ReportFormat = {
  name: 'html',
  about: 'one HTML page with outcomes, diffs, durations and a picture of the graph',
  begin: ({ print }) => {
    const events: ProveEvent[] = []
    return {
      event: (event) => void events.push(event),
      end: async () => {
        const record = recordOf(events)
        print(page(record, await picturesOf(record)).html)
      },
    }
  },
}
