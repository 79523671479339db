/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} median
 * @property {number} low
 * @property {number} high
 * @property {number} [ratio] To the floor.
 * @property {number} [goal] Of the ratio; of the median where there is no ratio.
 * @property {string} [unit]
 *
 * @typedef {{ title: string, rows: readonly Row[], notes: readonly string[] }} Result
 */

const headings = ['', 'median', 'lowest', 'highest', 'ratio', 'goal', '']

const digits = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0))

/** @param {Row} row */
const verdict = ({ median, ratio, goal, unit = 'ms' }) => {
  if (goal === undefined) return ''
  const got = ratio ?? median
  if (got <= goal) return 'reached'
  const much = ratio === undefined ? `${digits(got - goal)} ${unit}` : (got - goal).toFixed(2)
  return `MISSED by ${much} (${(got / goal).toFixed(1)} times the goal)`
}

/** @param {Row} row */
const cellsOf = (row) => {
  const { name, median, low, high, ratio, goal, unit = 'ms' } = row
  const goalText = goal === undefined ? '' : ratio === undefined ? `${goal} ${unit}` : `${goal.toFixed(1)} x`
  return [
    name,
    ...[median, low, high].map((value) => `${digits(value)} ${unit}`),
    ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
    goalText,
    verdict(row),
  ]
}

/**
 * A Markdown table that also reads well in a terminal.
 *
 * @param {Result} result
 */
export const tableOf = ({ title, rows, notes }) => {
  const cells = [headings, ...rows.map(cellsOf)]
  const widths = headings.map((_, i) => Math.max(3, ...cells.map((line) => line[i].length)))
  const isText = (i) => i === 0 || i === headings.length - 1
  const lines = cells.map(
    (line) =>
      `| ${line.map((cell, i) => (isText(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`,
  )
  const rules = widths.map((width, i) => (isText(i) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const rule = `| ${rules.join(' | ')} |`
  const [head, ...body] = lines
  return [`### ${title}`, '', head, rule, ...body, '', ...notes.map((note) => `- ${note}`), ''].join('\n')
}
