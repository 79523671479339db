import { z } from 'zod'
import { proveEvent } from './event.js'

/** The JSON Schema of one line of `--output json`. */
export const eventSchema = (): object => z.toJSONSchema(proveEvent, { target: 'draft-7' })
