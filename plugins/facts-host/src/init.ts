import type { KeyValues } from './key-values.js'

/** By the name of process 1, for those that only have one. */
const byName: Readonly<Record<string, string>> = {
  runit: 'runit',
  'runit-init': 'runit',
  dinit: 'dinit',
  's6-svscan': 's6',
  procd: 'procd',
  'openrc-init': 'openrc',
  linuxrc: 'busybox',
}

/**
 * Which init runs, and not which one is installed: a container with systemd in its image and a shell as process 1 has
 * `none`. OpenRC comes before the rest: process 1 of it is busybox or sysvinit.
 */
export const initOf = (said: KeyValues): string => {
  if (said.has('init', 'systemd')) return 'systemd'
  if (said.has('init', 'openrc')) return 'openrc'
  const name = said.first('comm') ?? ''
  if (name !== 'init') return byName[name] ?? 'none'
  if (said.has('init', 'busybox')) return 'busybox'
  return said.has('init', 'inittab') ? 'sysvinit' : 'none'
}
