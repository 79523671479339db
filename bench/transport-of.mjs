import { createKernel, z } from '../core/dist/index.js'

/** A shipped transport with its usual options, and more of them. */
export const transportOf = async (scheme, more = {}) => {
  const asked = `@prove/transport-${scheme}`
  const { default: plugin } = await import(`../plugins/transport-${scheme}/dist/index.js`)
  const transport = createKernel([{ asked, plugin }]).transports.get(scheme)
  return { transport, options: z.strictObject(transport.options).parse(more) }
}
