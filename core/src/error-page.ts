import { errorTable } from './error-table.js'

/** The docs page of all error codes, in Markdown. */
export const errorPage = (): string => {
  const rows = Object.entries(errorTable).map(([code, about]) => `| \`${code}\` | ${about} |`)
  return `# Errors

Every error that Prove knows has a code. It is printed with what was found, the file, line and column where there is one, and what to do. This
page is generated from the code.

| code | meaning |
| --- | --- |
${rows.join('\n')}
`
}
