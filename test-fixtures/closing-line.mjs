/** Ends the run with one plain line: N passed, N failed, N skipped; and the reason of each skip. */
export default class ClosingLine {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        counts[state] = (counts[state] ?? 0) + 1
        if (state === 'skipped') console.log(`skipped: ${test.fullName}: ${note ?? 'no reason given'}`)
      }
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}
