import { branchCases } from './cases-branches.js'
import { deferCases } from './cases-defer.js'
import { eachCases } from './cases-each.js'
import { failureCases } from './cases-failure.js'
import { groupCases } from './cases-group.js'
import { handlerCases } from './cases-handlers.js'
import { lateCases } from './cases-late.js'
import { loopCases } from './cases-loop.js'
import { notifyCases } from './cases-notify.js'
import { orderCases } from './cases-order.js'
import { requiresCases } from './cases-requires.js'
import { rescueCases } from './cases-rescue.js'
import { retryCases } from './cases-retry.js'
import { sequenceCases } from './cases-sequence.js'
import { whenCases } from './cases-when.js'
import { withCases } from './cases-with.js'

export const allCases = [
  ...orderCases,
  ...requiresCases,
  ...notifyCases,
  ...withCases,
  ...failureCases,
  ...retryCases,
  ...groupCases,
  ...rescueCases,
  ...branchCases,
  ...eachCases,
  ...sequenceCases,
  ...deferCases,
  ...whenCases,
  ...lateCases,
  ...loopCases,
  ...handlerCases,
]
