import type { Answered, Read, ReadKind } from '@prove/core'
import { failed, type InitSystem } from './init-system.js'
import { openrc } from './openrc.js'
import type { Init, ServiceAnswer } from './service-answer.js'
import { systemd } from './systemd.js'
import { sysvinit } from './sysvinit.js'

interface ServiceQuery {
  /** As `serviceName` gives it. */
  readonly name: string
}

/** A service, and what it does at present. */
export const service = (name: string): Read<ServiceAnswer> => ({
  kind: 'service',
  key: `service:${name}`,
  query: { name } satisfies ServiceQuery,
})

const systems: Readonly<Record<Init, InitSystem>> = { systemd, openrc, sysvinit }

const isInit = (word: string): word is Init => Object.hasOwn(systems, word)

const namesOf = (queries: readonly ServiceQuery[]): readonly string[] => queries.map(({ name }) => name)

/** What runs decides, and not what is installed. Where nothing does, scripts of init.d can still be called. */
const script = (queries: readonly ServiceQuery[]): string => {
  const names = namesOf(queries)
  return `
if [ -d /run/systemd/system ]; then echo systemd
${systemd.question(names)}
elif [ -e /run/openrc ] && command -v rc-service >/dev/null; then echo openrc
${openrc.question(names)}
elif [ -d /etc/init.d ]; then echo sysvinit
${sysvinit.question(names)}
else echo none; fi`
}

const parse = (output: Buffer, queries: readonly ServiceQuery[]): readonly Answered<ServiceAnswer>[] => {
  const text = output.toString('utf8')
  const end = text.indexOf('\n')
  const init = text.slice(0, Math.max(0, end))
  if (isInit(init)) return systems[init].parse(text.slice(end + 1), namesOf(queries))
  const why =
    init === 'none' ? 'no init system runs there: neither systemd nor OpenRC nor scripts of init.d' : undefined
  return queries.map(() => failed(why ?? 'the answer of the target broke off'))
}

/** Rests on everything: whatever runs on a host may start and stop services, and units are more than one folder of files. */
export const serviceKind: ReadKind<ServiceQuery, ServiceAnswer> = { name: 'service', tools: [], script, parse }
