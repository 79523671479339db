/** The style of the page: light and dark, narrow and wide, on screen and on paper. */
export const style = `
:root { color-scheme: light dark; --back: #fff; --text: #1c2024; --faint: #5b6570; --line: #d5dbe1; --raised: #f5f7f9;
  --good: #116329; --good-back: #dafbe1; --bad: #b3132b; --bad-back: #ffe2e0; --warn: #7a4d00; --warn-back: #fff3c9;
  --calm: #4b5563; --calm-back: #e9edf1; --accent: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --back: #14171a; --text: #e3e7eb; --faint: #98a2ad; --line: #353c43;
  --raised: #1d2226; --good: #6fdd8b; --good-back: #12351f; --bad: #ff9a94; --bad-back: #471a1c; --warn: #f0c052;
  --warn-back: #3b2e0a; --calm: #b4bcc5; --calm-back: #2a3036; --accent: #7cb7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.25rem 4rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
code, pre, .reason { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .9em; }
code, .change, .reason, .note, h2, dd { overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 0; } h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
a { color: var(--accent); }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0 1.25rem; }
dt { color: var(--faint); font-size: .8rem; } dd { margin: 0; }
.outcomes { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
.badge { display: inline-block; white-space: nowrap; padding: 0 .5em; border-radius: 1em; font-size: .9em; font-weight: 600;
  color: var(--calm); background: var(--calm-back); }
.badge.changed, .badge.would-change { color: var(--good); background: var(--good-back); }
.badge.failed, .badge.unstable, .badge.unreachable, .badge.timed-out, .badge.lost { color: var(--bad); background: var(--bad-back); }
.badge.pending, .badge.interrupted, .badge.rescued, .badge.unended { color: var(--warn); background: var(--warn-back); }
.filter { border: 0; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; }
.filter legend { float: left; padding: 0; margin-right: 1.25rem; color: var(--faint); }
.filter label { padding: .25rem 0; }
body:has(#show-news:checked) [data-kind=ok], body:has(#show-bad:checked) tr[data-kind]:not([data-kind=bad]),
body:has(#show-bad:checked) .target:not([data-kind=bad]) { display: none; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--faint); font-size: .8rem; font-weight: 600; }
.overview, .trips { font-variant-numeric: tabular-nums; }
.overview + * { margin-top: 1rem; }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin-bottom: 1rem; }
.target { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: 0 1rem .25rem; }
.target > summary { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; cursor: pointer; padding: .75rem 0; list-style: none; }
.target > summary::-webkit-details-marker { display: none; }
.target > summary::before { content: '▸'; color: var(--faint); } .target[open] > summary::before { content: '▾'; }
.counts, .note, small { color: var(--faint); font-size: .9em; }
.states { table-layout: fixed; } .states th:nth-child(1) { width: 32%; } .states th:nth-child(2) { width: 9.5rem; }
.states th:nth-child(3) { width: 6rem; }
.states small { display: block; overflow-wrap: anywhere; }
.reason { white-space: pre-wrap; }
tr[data-kind=bad] .reason { color: var(--bad); }
.change summary { cursor: pointer; }
ins, del { text-decoration: none; } ins { color: var(--good); } .change > del, .change summary del { color: var(--bad); }
.diff { margin: .4rem 0; padding: .5rem; background: var(--raised); border: 1px solid var(--line); border-radius: .3rem;
  overflow-x: auto; max-height: 32rem; line-height: 1.4; }
.diff ins { background: var(--good-back); } .diff del { color: var(--bad); background: var(--bad-back); } .diff i { color: var(--faint); }
.error { border-left: .25rem solid var(--bad); background: var(--bad-back); padding: .5rem .75rem; margin: .5rem 0; overflow-wrap: anywhere; }
.error b { white-space: pre-wrap; }
.bar { display: block; width: 100%; height: .35rem; margin-top: .25rem; background: var(--calm-back); border-radius: 2px; }
.bar rect { fill: var(--accent); }
.trips .line { width: 35%; min-width: 8rem; } .trips .bar { height: .7rem; }
.graph { border: 1px solid var(--line); border-radius: .3rem; padding: .5rem; overflow: auto; max-height: 45rem; }
.graph svg { display: block; }
.graph text { fill: var(--text); } .graph path { stroke: var(--faint); }
.graph .node polygon, .graph .node path { fill: var(--raised); stroke: var(--faint); }
.graph .cluster polygon, .graph .cluster path { fill: none; stroke: var(--faint); } .graph .graph polygon { stroke: none; }
.graph .end ellipse { fill: none; stroke: none; }
.graph .changed path, .graph .would-change path { fill: var(--good-back); stroke: var(--good); }
.graph .failed path, .graph .unstable path { fill: var(--bad-back); stroke: var(--bad); }
.graph .pending path, .graph .rescued path { fill: var(--warn-back); stroke: var(--warn); }
.graph .lazy path { stroke-dasharray: 4 3; }
.graph .edge path { fill: none; stroke: var(--faint); } .graph .edge polygon { fill: var(--faint); stroke: var(--faint); }
.graph .edge.after path { stroke-dasharray: 5 3; }
.graph .edge.notify path { stroke: var(--good); stroke-width: 2; } .graph .edge.notify polygon { fill: var(--good); stroke: var(--good); }
.graph .edge.notify_failure path { stroke: var(--bad); stroke-width: 2; } .graph .edge.notify_failure polygon { fill: var(--bad); stroke: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .4rem; font-size: .85rem; color: var(--faint); }
.legend span::before { content: ''; display: inline-block; width: 1.6em; margin-right: .4em; vertical-align: middle; border-top: 2px solid var(--faint); }
.legend .after::before { border-top-style: dashed; } .legend .notify::before { border-color: var(--good); }
.legend .notify_failure::before { border-color: var(--bad); }
.legend .lazy::before { height: .9em; border: 1px dashed var(--faint); border-radius: .2em; }
@media (max-width: 44rem) {
  body { padding: .5rem .75rem 3rem; } .target { padding: 0 .6rem .25rem; }
  .states, .states tbody, .states tr, .states th, .states td { display: block; width: auto !important; }
  .states thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .states tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } .states th, .states td { border: 0; padding: .1rem 0; }
  .states td:nth-child(2), .states td:nth-child(3) { display: inline-block; margin-right: 1rem; } .states .bar { display: none; }
  .states td:empty { display: none; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } .filter { display: none; }
  .target { border: 0; padding: 0; } .graph, .diff { max-height: none; overflow: visible; } .graph svg { max-width: 100%; height: auto; }
  tr, .error { break-inside: avoid; } details::details-content { content-visibility: visible; block-size: auto; }
}
`
