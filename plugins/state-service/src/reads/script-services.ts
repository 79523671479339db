import type { Answered } from '@prove/core'
import { brokenOff } from './init-system.js'
import type { Activity, Init, ServiceAnswer } from './service-answer.js'

/** What the exit status of `status` means: undefined where it tells nothing. */
export type ActivityOf = (status: string) => Activity | undefined

/** Reads lines of `NAME STATUS ENABLED RELOAD`, for services that are scripts. STATUS is `absent` where there is none. */
export const parseScriptServices = (
  output: string,
  names: readonly string[],
  init: Init,
  activityOf: ActivityOf,
): readonly Answered<ServiceAnswer>[] => {
  const lines = new Map(output.split('\n').map((line) => [line.split(' ')[0] ?? '', line.split(' ')]))
  return names.map((name) => {
    const [, status, enabled, reload] = lines.get(name) ?? []
    if (status === undefined || (reload !== 'yes' && reload !== 'no')) return brokenOff
    if (status === 'absent') return { ok: true, value: { init, absent: true } }
    const activity = activityOf(status)
    const atBoot = enabled === 'yes' ? 'enabled' : 'disabled'
    const value: ServiceAnswer = {
      init,
      id: name,
      activity: activity ?? 'stopped',
      atBoot,
      atBootWord: atBoot,
      canReload: reload === 'yes',
      ends: false,
      stale: false,
      outdated: false,
      path: '',
      ...(activity === undefined ? { broken: `its script does not tell whether it runs: status gives ${status}` } : {}),
    }
    return { ok: true, value }
  })
}
