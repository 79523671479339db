import { durationText, type ErrorEvent, type TargetRecord, type TargetSummary } from '@prove/core'
import { asHtml, markup, type Html } from './markup.js'
import { badge, kindOf } from './outcome.js'
import type { Picture } from './pictures.js'
import { statesTable } from './states.js'
import { tripsTable } from './trips.js'

/** All about one target; closed where there is little to see and there are many. */
export const targetSection = (
  record: TargetRecord,
  {
    anchor,
    isOpen,
    picture,
  }: { readonly anchor: string; readonly isOpen: boolean; readonly picture: Picture | undefined },
): Html => {
  const { target, outcome, summary, errors, invocations, trips, compiled } = record
  const places = new Map(compiled?.states.map(({ id, place }) => [id, place]))
  return markup` <details class="target" id="${anchor}" data-kind="${kindOf(outcome)}" ${isOpen ? markup` open` : ''}>
    <summary>
      <h2>${target}</h2>
      ${badge(outcome, outcomeWord(record))}
      <span class="counts">${summary === undefined ? '' : countsText(summary)}</span>
    </summary>
    ${errors.map(errorHtml)}
    ${
      invocations.length === 0
        ? ''
        : markup`<h3>States</h3>
            ${statesTable(invocations, places)}`
    }
    ${
      trips.length === 0
        ? ''
        : markup`<h3>Round trips</h3>
            ${tripsTable(trips)}`
    }
    ${
      picture === undefined
        ? ''
        : markup`<h3>Graph</h3>
            ${pictureHtml(picture)}`
    }
  </details>`
}

/** A plan changes nothing. */
export const outcomeWord = ({ outcome, summary }: TargetRecord): string | undefined =>
  outcome === 'changed' && summary?.wouldChange !== undefined ? 'would change' : outcome

const countsText = (summary: TargetSummary): string => {
  const { ok, changed, failed, skipped, rescued = 0, wouldChange, pending = 0, roundTrips, elapsedMs } = summary
  const counts: readonly (readonly [number, string])[] = [
    [ok, 'ok'],
    [wouldChange ?? changed, wouldChange === undefined ? 'changed' : 'would change'],
    [pending, 'unknown'],
    [failed, 'failed'],
    [rescued, 'rescued'],
    [skipped, 'skipped'],
  ]
  const shown = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return [...shown, `${roundTrips} round ${roundTrips === 1 ? 'trip' : 'trips'}`, durationText(elapsedMs)].join(', ')
}

export const errorHtml = ({ code, message, hint, place }: ErrorEvent): Html =>
  markup`<div class="error" role="note">
    <b>${message}</b> <code>${code}</code>${
      place === undefined ? '' : markup`<div>${place.file}:${place.line}:${place.column}</div>`
    }${hint === undefined ? '' : markup`<div>hint: ${hint}</div>`}
  </div>`

const pictureHtml = (picture: Picture): Html => {
  if ('missing' in picture) return markup`<p class="note">No picture: ${picture.missing}.</p>`
  return markup`<p class="legend">
      <span class="requires">requires</span> <span class="after">after</span> <span class="notify">notify</span>
      <span class="notify_failure">notify_failure</span> <span class="lazy">lazy state</span>
    </p>
    <div class="scroll graph" tabindex="0" role="group" aria-label="graph">${asHtml(picture.svg)}</div>`
}
