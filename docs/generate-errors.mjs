// Writes docs/errors.md from the one table of errors.
import { writeFileSync } from 'node:fs'
import { errorPage } from '../core/dist/error-page.js'

writeFileSync(new URL('errors.md', import.meta.url), errorPage())
