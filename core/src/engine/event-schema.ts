import { z } from 'zod'
import { eventShape } from './event.js'

/** The JSON Schema of one line of `--output json`. */
export const eventSchema = (): object => z.toJSONSchema(eventShape(), { target: 'draft-7' })
