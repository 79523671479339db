import { durationText, type InvocationEvent } from '@prove/core'
import { changeHtml } from './diff.js'
import { markup, type Html } from './markup.js'
import { badge, kindOf } from './outcome.js'
import { bar } from './trips.js'

export interface ShownPlace {
  readonly file: string
  readonly line: number
}

/**
 * The parts that ran, in their order. On a narrow screen its rows are laid out as blocks, which makes it no table any more
 * for those who hear it: hence the roles.
 */
export const statesTable = (invocations: readonly InvocationEvent[], places: ReadonlyMap<string, ShownPlace>): Html => {
  const longest = Math.max(0, ...invocations.map(({ elapsedMs = 0 }) => elapsedMs))
  return markup`<table class="states" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">State</th>
        <th scope="col" role="columnheader">Outcome</th>
        <th scope="col" role="columnheader">Took</th>
        <th scope="col" role="columnheader">What, and why</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${invocations.map((each) => row(each, places.get(each.state), longest))}
    </tbody>
  </table>`
}

const row = (event: InvocationEvent, place: ShownPlace | undefined, longest: number): Html => {
  const { state, fn, outcome, confidence, dependsOn = [], elapsedMs, reason, changes } = event
  const { notifiedBy, notifiedSince } = event
  const since = notifiedSince === undefined ? '' : ` in an earlier run, at ${notifiedSince}`
  const condition = confidence === 'conditional' && outcome !== 'pending' ? dependsOn : []
  return markup` <tr role="row" data-kind="${kindOf(outcome)}">
    <th scope="row" role="rowheader">
      <code>${state}</code>
      <small><code>${fn}</code>${place === undefined ? '' : ` ${place.file}:${place.line}`}</small>
    </th>
    <td role="cell">${badge(outcome)}</td>
    <td role="cell" class="number">
      ${elapsedMs === undefined ? '' : durationText(elapsedMs)}${
        elapsedMs === undefined || longest === 0 ? '' : bar(0, elapsedMs / longest)
      }
    </td>
    <td role="cell">
      ${reason === undefined ? '' : markup`<div class="reason">${reason}</div>`}${changes.map(changeHtml)}${
        condition.length === 0
          ? ''
          : markup`<div class="note">
              if ${condition.map((id) => (id === state ? 'it' : id)).join(', ')} does what is expected
            </div>`
      }${notifiedBy === undefined ? '' : markup`<div class="note">notified by ${notifiedBy.join(', ')}${since}</div>`}
    </td>
  </tr>`
}
