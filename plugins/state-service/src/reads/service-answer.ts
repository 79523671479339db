/** The init systems that services are asked of. */
export type Init = 'systemd' | 'openrc' | 'sysvinit'

/** What a service does at present: `starting` also of one that died and is to be started again. */
export type Activity = 'running' | 'starting' | 'stopping' | 'stopped' | 'failed'

/**
 * Whether it is started at boot. `fixed`: others decide, it cannot be enabled by itself; `unknown`: the init system says something
 * that is none of these.
 */
export type AtBoot = 'enabled' | 'disabled' | 'masked' | 'fixed' | 'unknown'

/** A service that the init system knows. */
export interface KnownService {
  readonly init: Init
  /** The name that commands take: of an alias, the unit it stands for. */
  readonly id: string
  readonly activity: Activity
  readonly atBoot: AtBoot
  /** In the words of the init system: `indirect`, `enabled-runtime`. */
  readonly atBootWord: string
  /** It can take in its configuration without being restarted. */
  readonly canReload: boolean
  /** It does one thing and ends: it is never running afterwards. */
  readonly ends: boolean
  /** Its unit was changed since the init system has read it. */
  readonly stale: boolean
  /** Its unit was changed since it was started. */
  readonly outdated: boolean
  /** The file that it was loaded from; empty where there is none. */
  readonly path: string
  /** Why its unit cannot be used. */
  readonly broken?: string
}

/** What the init system says of a service; `absent` where it knows none of that name. */
export type ServiceAnswer = KnownService | { readonly init: Init; readonly absent: true }
