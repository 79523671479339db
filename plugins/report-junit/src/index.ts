import { definePlugin } from '@prove/core'
import { junitReport } from './junit-report.js'

export { junitReport }

/** The plugin that tells a run as a JUnit document: `-o junit`. */
export default definePlugin({ name: 'report-junit', core: '^0.1.0', reports: [junitReport] })
