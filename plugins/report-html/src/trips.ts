import { bytesText, durationText, type TripEvent } from '@prove/core'
import { markup, type Html } from './markup.js'

/** The round trips of a target one below the other, each with a bar where it lay in the time that all took. */
export const tripsTable = (trips: readonly TripEvent[]): Html => {
  const whole = Math.max(
    1,
    trips.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
  )
  const begins = trips.map((_trip, i) => trips.slice(0, i).reduce((sum, { elapsedMs }) => sum + elapsedMs, 0))
  return markup`<div class="scroll">
    <table class="trips">
      <thead>
        <tr>
          <th scope="col">Trip</th>
          <th scope="col">Took</th>
          <th scope="col">Sent</th>
          <th scope="col">Received</th>
          <th scope="col">Asked</th>
          <th scope="col" class="line">In time</th>
        </tr>
      </thead>
      <tbody>
        ${trips.map(
          ({ trip, elapsedMs, sent, received, frames }, i) =>
            markup` <tr>
              <th scope="row">${trip}</th>
              <td class="number">${durationText(elapsedMs)}</td>
              <td class="number">${bytesText(sent)}</td>
              <td class="number">${bytesText(received)}</td>
              <td>${frames.map(({ what, count }) => (count === 1 ? what : `${count} × ${what}`)).join(', ')}</td>
              <td class="line">${bar((begins[i] ?? 0) / whole, elapsedMs / whole)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** A bar from a point of the whole, both between 0 and 1. */
export const bar = (from: number, length: number): Html =>
  markup`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
    <rect x="${Math.round(from * 1000)}" width="${Math.max(3, Math.round(length * 1000))}" height="10" rx="2" />
  </svg>`
