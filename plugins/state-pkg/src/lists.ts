import { type Change, durationText } from '@prove/core'
import type { ListsAge } from './managers/contract.js'

/** Seconds after which lists that do not know a package are not believed any more. */
const believedFor = 24 * 3600

/** Whether newer lists might know more. */
export const mayBeOld = ({ age, outdated }: ListsAge): boolean => age === undefined || outdated || age > believedFor

/** Whether they are older than was asked for. */
export const isOlder = ({ age }: ListsAge, limit: number | undefined): boolean =>
  limit !== undefined && (age === undefined || age > limit)

/** That they are fetched is told as well. */
export const listsChange = ({ age }: ListsAge): Change => ({
  field: 'package lists',
  from: age === undefined ? 'never fetched' : `${durationText(age * 1000)} old`,
  to: 'fetched',
})
