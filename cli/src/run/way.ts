import { Errors, shaped, type Target } from '@prove/catalog'
import { didYouMean, type Elevation, type Kernel, ProveError, ProveErrors, type TargetRun, z } from '@prove/core'

/** What a target is reached by, as far as it tells two targets apart that have one name. */
export const wayOf = ({ host, executor, declared }: Target): unknown => ({
  host,
  executor,
  options: declared.input.options,
})

/** The executor of a target, with its options checked. Throws PRV_EXECUTOR_UNKNOWN or PRV_CONFIG_INVALID. */
export const executorOf = async (
  kernel: Kernel,
  target: Target,
): Promise<Pick<TargetRun, 'host' | 'executor' | 'options'>> => {
  const { name, host, executor: wanted, declared } = target
  await kernel.bring('executors', wanted)
  const executor = kernel.executors.get(wanted)
  if (executor === undefined) {
    await kernel.bring('executors')
    const hint = didYouMean(wanted, kernel.executors.names) ?? `executors are ${kernel.executors.names.join(', ')}`
    const place = declared.places.placeOfKey(declared.input.executor === undefined ? [] : ['executor'])
    throw new ProveError('PRV_EXECUTOR_UNKNOWN', `the target "${name}" wants the executor "${wanted}"`, { hint, place })
  }
  const errors = new Errors()
  const checked = shaped(
    {
      schema: z.looseObject({ options: z.strictObject(executor.options) }),
      code: 'PRV_CONFIG_INVALID',
      what: `the executor "${wanted}" of the target "${name}"`,
    },
    declared.input,
    declared.places,
    errors,
  )
  if (checked === undefined) throw new ProveErrors(errors.all())
  return { host, executor, options: checked.options }
}

const methods = ['sudo', 'doas', 'su'] as const

/** How to become another user: as asked for on the command line, else as the target says. */
export const elevationOf = (
  { declared }: Target,
  asked: string | undefined,
  password: (() => Promise<string>) | undefined,
): Elevation | undefined => {
  const wanted = asked ?? declared.input.elevate
  if (wanted === undefined) return undefined
  const { method: given, user } = typeof wanted === 'string' ? { method: wanted, user: 'root' } : wanted
  const method = methods.find((known) => known === given)
  if (method === undefined) {
    throw new ProveError('PRV_USAGE', `"${given}" is no way to become another user`, { hint: 'it is sudo, doas or su' })
  }
  return { method, user, ...(password === undefined ? {} : { password }) }
}
