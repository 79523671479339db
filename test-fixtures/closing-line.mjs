/** Ends the run with one plain line: N passed, N failed, N skipped; before it what failed, and the reason of each skip. */
export default class ClosingLine {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      // What failed outside of its tests, such as a preparation: its tests were then skipped.
      const suites = [module, ...module.children.allSuites()].filter((each) => each.errors().length > 0)
      for (const suite of suites) {
        counts.failed += 1
        console.log(`failed: ${module.relativeModuleId}: ${suite.fullName ?? 'the file'}: ${reasonOf(suite.errors())}`)
      }
      for (const test of module.children.allTests()) {
        const { state, note, errors: reasons } = test.result()
        counts[state] = (counts[state] ?? 0) + 1
        if (state === 'failed')
          console.log(`failed: ${module.relativeModuleId}: ${test.fullName}: ${reasonOf(reasons)}`)
        if (state === 'skipped') console.log(`skipped: ${test.fullName}: ${note ?? 'no reason given'}`)
      }
    }
    for (const error of errors) console.log(`failed: outside of tests: ${reasonOf([error])}`)
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}

/** In one line, as a log that keeps only the end of a run can still show it. */
const reasonOf = (errors = []) => errors[0]?.message.slice(0, 300).replaceAll('\n', ' | ') ?? 'no reason given'
