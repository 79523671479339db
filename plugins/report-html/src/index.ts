import { definePlugin } from '@prove/core'
import { htmlReport } from './html-report.js'

export default definePlugin({ name: 'report-html', core: '^0.1.0', reports: [htmlReport] })
