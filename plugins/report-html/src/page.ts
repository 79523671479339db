import { durationText, groupBy, type RunRecord, type TargetRecord } from '@prove/core'
import { asHtml, markup, type Html } from './markup.js'
import { badge, kindOf } from './outcome.js'
import type { Picture } from './pictures.js'
import { style } from './style.js'
import { errorHtml, outcomeWord, targetSection } from './target.js'

/** Nothing may be loaded and nothing may run, whatever stands in the page; its own style may look. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** Targets whose sections are all open. */
const few = 3

/** The whole page of a run. */
export const page = (record: RunRecord, pictures: ReadonlyMap<string, Picture>): Html => {
  const { run, targets, errors } = record
  const title = run === undefined ? 'prove' : `prove ${run.operation} ${run.id}`
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${asHtml(style)}
        </style>
      </head>
      <body>
        <header>${headHtml(record)}</header>
        <main>
          ${errors.map(errorHtml)} ${targets.length === 0 ? '' : filterHtml(targets)}
          ${targets.length > 1 ? overview(targets) : ''}
          ${targets.map((target, i) =>
            targetSection(target, {
              anchor: anchorOf(i),
              isOpen: targets.length <= few || kindOf(target.outcome) === 'bad',
              picture: pictures.get(target.target),
            }),
          )}
        </main>
      </body>
    </html>\n`
}

const anchorOf = (index: number): string => `target-${index + 1}`

const headHtml = ({ run, summary, targets, errors }: RunRecord): Html => {
  if (run === undefined)
    return markup`<h1>prove: ${errors.length === 0 ? 'nothing was run' : 'the catalog is wrong'}</h1>`
  const outcomes = groupBy(targets, (target) => outcomeWord(target))
  const end =
    summary === undefined
      ? markup`<strong>it did not end</strong>`
      : markup`took ${durationText(summary.elapsedMs)}, exit ${summary.exit}`
  return markup`<h1>prove ${run.operation}</h1>
    <p class="outcomes">
      ${[...outcomes].map(([word, all]) => badge(all[0]?.outcome, targets.length === 1 ? word : `${all.length} ${word ?? 'did not end'}`))}
    </p>
    <dl>
      <div>
        <dt>Run</dt>
        <dd><code>${run.id}</code></dd>
      </div>
      <div>
        <dt>Began</dt>
        <dd><time datetime="${run.started}">${run.started.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time></dd>
      </div>
      <div>
        <dt>By</dt>
        <dd>${run.by ?? 'unknown'}</dd>
      </div>
      <div>
        <dt>End</dt>
        <dd>${end}</dd>
      </div>
      <div>
        <dt>Prove</dt>
        <dd>${run.version}</dd>
      </div>
    </dl>`
}

/** Rows as declared that are shown beside others without being asked for. */
const mostOk = 20

/** Works by style alone: no script runs in this page. Of many rows those that tell something are shown first. */
const filterHtml = (targets: readonly TargetRecord[]): Html => {
  const outcomes = targets.flatMap(({ outcome, invocations }) => [outcome, ...invocations.map((each) => each.outcome)])
  const ok = outcomes.filter((outcome) => outcome === 'ok').length
  const usual = ok > mostOk && ok < outcomes.length ? 'news' : 'all'
  const choices = [
    ['all', 'all'],
    ['news', 'all but ok'],
    ['bad', 'failed'],
  ] as const
  return markup`<fieldset class="filter"><legend>Show</legend>${choices.map(
    ([name, label]) => markup`
<label><input type="radio" name="show" id="show-${name}"${name === usual ? markup` checked` : ''}> ${label}</label>`,
  )}
</fieldset>`
}

const overview = (targets: readonly TargetRecord[]): Html =>
  markup`<h2>Targets</h2>
    <div class="scroll">
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col">Outcome</th>
            <th scope="col">Ok</th>
            <th scope="col">Changed</th>
            <th scope="col">Failed</th>
            <th scope="col">Skipped</th>
            <th scope="col">Trips</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          ${targets.map((record, i) => {
            const { target, outcome, summary } = record
            const cells =
              summary === undefined
                ? ['', '', '', '', '', '']
                : [
                    summary.ok,
                    summary.wouldChange ?? summary.changed,
                    summary.failed,
                    summary.skipped,
                    summary.roundTrips,
                    durationText(summary.elapsedMs),
                  ]
            return markup` <tr data-kind="${kindOf(outcome)}">
              <th scope="row"><a href="#${anchorOf(i)}">${target}</a></th>
              <td>${badge(outcome, outcomeWord(record))}</td>
              ${cells.map((cell) => markup`<td class="number">${cell}</td>`)}
            </tr>`
          })}
        </tbody>
      </table>
    </div>`
