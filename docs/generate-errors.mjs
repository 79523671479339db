// Writes docs/errors.md from the one table of errors.
import { writeFileSync } from 'node:fs'
import { importSource } from '../build/import-source.mjs'

const { errorPage } = await importSource('core/src/error-page.ts')
writeFileSync(new URL('errors.md', import.meta.url), errorPage())
