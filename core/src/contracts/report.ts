import type { ProveEvent } from '../engine/event.js'

/** Takes the events of one run, in their order, and writes them down. */
export interface Report {
  event(event: ProveEvent): void
  /** The run is over, whatever became of it. */
  end?(): void | Promise<void>
}

export interface ReportGround {
  /** Writes to where the report goes. */
  readonly print: (text: string) => void
}

/** A form in which a run is told: `prove apply -o NAME`, `prove show RUN -o NAME`. */
export interface ReportFormat {
  readonly name: string
  readonly about: string
  begin(ground: ReportGround): Report
}
