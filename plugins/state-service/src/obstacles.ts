import { blocked, type Blocked } from '@prove/core'
import type { KnownService, ServiceAnswer } from './reads/service-answer.js'

export const isAbsent = (now: ServiceAnswer): now is Exclude<ServiceAnswer, KnownService> => 'absent' in now

/** What keeps a service from being started, reloaded or enabled at all. */
export const obstacleTo = (name: string, now: ServiceAnswer): Blocked | undefined => {
  if (isAbsent(now)) return blocked(`there is no service "${name}"`)
  // What is wrong with an older unit may be mended on disk.
  if (now.broken !== undefined && !now.stale) return blocked(`"${name}" cannot be used: ${now.broken}`)
  if (now.atBoot === 'masked') return blocked(`"${name}" is masked; service.unmasked before this would lift that`)
  return undefined
}

/** What keeps it from being started at boot. */
export const obstacleToEnabling = (name: string, { atBoot, atBootWord }: KnownService): Blocked | undefined => {
  if (atBoot === 'unknown') return blocked(`"${name}" cannot be enabled: its unit file is "${atBootWord}"`)
  if (atBoot !== 'fixed') return undefined
  return atBootWord === 'static'
    ? blocked(`"${name}" cannot be enabled: its unit has no [Install] section, others start it`)
    : blocked(`"${name}" cannot be enabled: its unit is ${atBootWord}, and made anew at each boot`)
}
