import { type Answered, quoteAll } from '@prove/core'
import { unitOf } from '../service-name.js'
import { unitFolder } from '../unit-name.js'
import { brokenOff, failed, type InitSystem } from './init-system.js'
import type { Activity, AtBoot, KnownService, ServiceAnswer } from './service-answer.js'

const properties = [
  'Id',
  'Names',
  'Type',
  'RemainAfterExit',
  'LoadState',
  'LoadError',
  'ActiveState',
  'UnitFileState',
  'FragmentPath',
  'SourcePath',
  'DropInPaths',
  'NeedDaemonReload',
  'CanReload',
  'ExecMainStartTimestamp',
]

/**
 * One `systemctl show` for all units: a block of properties each, in order. Then which files of theirs whoever administers the host has put
 * there: NeedDaemonReload does not tell of the first drop-in of a unit, nor of a unit that takes the place of another. Then when the
 * files of the units were last changed, and which scripts of init.d are started at boot. Systemd before 247 has no timestamps finer
 * than a second.
 */
const question = (names: readonly string[]): string => `
TZ=UTC; export TZ
ask() { systemctl show --no-pager --property=${properties.join(',')} "$@" -- ${quoteAll(names.map(unitOf))} >"$D/su" 2>"$D/se"; }
ask --timestamp=us+utc || ask || echo "exit $?"
while IFS= read -r l; do printf '%s\\n' "$l"; done <"$D/su"
echo ---
[ ! -s "$D/se" ] || head -c 2000 "$D/se"
echo ---
set -f; set --
while IFS= read -r l; do case $l in
Id=*) set +f; for f in /etc/systemd/system/"\${l#*=}" /etc/systemd/system/"\${l#*=}".d/*.conf; do
[ ! -s "$f" ] || [ -L "$f" ] || echo "file $f"; done; set -f;;
FragmentPath=/*) set -- "$@" "\${l#*=}";;
DropInPaths=/*) set -- "$@" \${l#*=};;
SourcePath=/etc/init.d/*) set -- "$@" "\${l#*=}"; set +f
for f in /etc/rc[2345].d/S[0-9][0-9]"\${l##*/}"; do [ ! -e "$f" ] || { echo "boot \${l#*=}"; break; }; done; set -f;;
esac; done <"$D/su"
set +f
[ $# = 0 ] || stat -c 'changed %.6Z %n' -- "$@" 2>/dev/null
:`

const activities: Readonly<Record<string, Activity>> = {
  active: 'running',
  reloading: 'running',
  refreshing: 'running',
  activating: 'starting',
  deactivating: 'stopping',
  inactive: 'stopped',
  failed: 'failed',
  maintenance: 'stopped',
}

/** By the state of the unit file. Units that nothing enables, or that a generator makes at boot, have no choice. */
const atBoots: Readonly<Record<string, AtBoot>> = {
  enabled: 'enabled',
  // Only until the next boot: that is not what is meant by enabled or masked.
  'enabled-runtime': 'disabled',
  'masked-runtime': 'disabled',
  disabled: 'disabled',
  linked: 'disabled',
  'linked-runtime': 'disabled',
  // An instance of a template, or a unit with other names, which may be enabled all the same.
  indirect: 'disabled',
  masked: 'masked',
  static: 'fixed',
  generated: 'fixed',
  transient: 'fixed',
}

type Block = ReadonlyMap<string, string>

const blocksOf = (output: string): readonly Block[] =>
  output
    .split('\n\n')
    .map((text) => {
      const pairs = text.split('\n').flatMap((line) => {
        const at = line.indexOf('=')
        return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
      })
      return new Map(pairs)
    })
    .filter((block) => block.size > 0)

/** What is said beside the blocks. */
interface Beside {
  /** Seconds since 1970, by path. */
  readonly changed: ReadonlyMap<string, number>
  readonly atBoot: ReadonlySet<string>
  /** Units and drop-ins in the folder of whoever administers the host. */
  readonly files: readonly string[]
}

const besideOf = (output: string): Beside => {
  const changed = new Map<string, number>()
  const atBoot = new Set<string>()
  const files: string[] = []
  for (const line of output.split('\n')) {
    const [, seconds, path] = /^changed ([\d.]+) (.*)$/.exec(line) ?? []
    if (path !== undefined) changed.set(path, Number(seconds))
    else if (line.startsWith('boot ')) atBoot.add(line.slice('boot '.length))
    else if (line.startsWith('file ')) files.push(line.slice('file '.length))
  }
  return { changed, atBoot, files }
}

/** `Thu 2026-11-26 05:51:01.588030 UTC` in seconds since 1970; undefined for one that never was. */
const secondsOf = (timestamp: string): number | undefined => {
  const [, day, time, fraction = ''] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)? UTC$/.exec(timestamp) ?? []
  const whole = day === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`)
  return Number.isNaN(whole) ? undefined : whole / 1000 + Number(`0${fraction}`)
}

/** `org.freedesktop.systemd1.BadUnitSetting "Unit x has a bad unit file setting."` */
const wordsOf = (loadError: string): string => /"(.*)"/.exec(loadError)?.[1] ?? loadError

/** Whether there is a file of this unit that systemd has not read. */
const isUnread = (id: string, path: string, dropIns: readonly string[], files: readonly string[]): boolean =>
  files.some((file) => {
    if (file === `${unitFolder}/${id}`) return path !== file && !path.startsWith('/run/systemd/transient/')
    return file.startsWith(`${unitFolder}/${id}.d/`) && !dropIns.includes(file)
  })

const answerOf = (block: Block, { changed, atBoot, files }: Beside): ServiceAnswer => {
  const get = (name: string): string => block.get(name) ?? ''
  const loaded = get('LoadState')
  if (loaded === 'not-found') return { init: 'systemd', absent: true }
  const path = get('FragmentPath')
  const script = get('SourcePath')
  const word = get('UnitFileState')
  const isScript = word === 'generated' && script.startsWith('/etc/init.d/')
  const started = secondsOf(get('ExecMainStartTimestamp'))
  // What a generator makes is new after each load; what it makes it of is not.
  const dropIns = get('DropInPaths').split(' ')
  const changes = [script === '' ? path : script, ...dropIns].flatMap((name) => changed.get(name) ?? [])
  const known: KnownService = {
    init: 'systemd',
    id: get('Id'),
    activity: activities[get('ActiveState')] ?? 'stopped',
    atBoot: isScript ? (atBoot.has(script) ? 'enabled' : 'disabled') : (atBoots[word] ?? 'unknown'),
    atBootWord: word,
    canReload: get('CanReload') === 'yes',
    ends: get('Type') === 'oneshot' && get('RemainAfterExit') === 'no',
    stale: get('NeedDaemonReload') === 'yes' || isUnread(get('Id'), path, dropIns, files),
    outdated: started !== undefined && changes.some((at) => at >= started),
    path,
  }
  if (loaded === 'loaded' || loaded === 'masked') return known
  return { ...known, broken: wordsOf(get('LoadError')) || `its unit is in the state "${loaded}"` }
}

const parse = (output: string, names: readonly string[]): readonly Answered<ServiceAnswer>[] => {
  const [shown = '', said, rest] = output.split(/^---\n/m)
  if (said === undefined || rest === undefined) return names.map(() => brokenOff)
  const blocks = blocksOf(shown)
  const beside = besideOf(rest)
  return names.map((name, i) => {
    const block = blocks[i]
    // Blocks come in order, each with all the names of its unit.
    if (block?.get('Names')?.replaceAll('\\\\', '\\').replaceAll('"', '').split(' ').includes(unitOf(name)) !== true) {
      return said.trim() === '' ? brokenOff : failed(said.trim())
    }
    return { ok: true, value: answerOf(block, beside) }
  })
}

export const systemd: InitSystem = { question, parse }
