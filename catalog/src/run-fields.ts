import type { CompiledPart } from '@prove/core'
import { type Fields, listOf } from './fields.js'

/** Fields that a group gives its members, where they have none of their own. */
export const runFields = ({ timeout, run_as, env, retry }: Fields): Fields => ({
  ...(timeout === undefined ? {} : { timeout }),
  ...(run_as === undefined ? {} : { run_as }),
  ...(env === undefined ? {} : { env }),
  ...(retry === undefined ? {} : { retry }),
})

/** The fields of a part that say when and how it runs, as it is compiled. */
export const runOf = ({
  unless,
  onlyif,
  creates,
  timeout,
  run_as: runAs,
  env,
  retry,
}: Fields): Pick<CompiledPart, 'guards' | 'run' | 'retry'> => ({
  guards: { unless: listOf(unless), onlyif: listOf(onlyif), ...(creates === undefined ? {} : { creates }) },
  run: {
    ...(runAs === undefined ? {} : { runAs }),
    ...(env === undefined ? {} : { env: Object.fromEntries(Object.entries(env).map(([k, v]) => [k, String(v)])) }),
    ...(timeout === undefined ? {} : { timeout }),
  },
  ...(retry === undefined ? {} : { retry: retryOf(retry) }),
})

const retryOf = (retry: NonNullable<Fields['retry']>): NonNullable<CompiledPart['retry']> =>
  typeof retry === 'number' ? { attempts: retry, delay: 1 } : { attempts: retry.attempts, delay: retry.delay ?? 1 }
