import type { Compare } from '../versions/constraint.js'

/** A package that a transaction is about. */
export interface WantedPackage {
  readonly name: string
  readonly version?: string | undefined
  /** The version that a newer one is to take the place of, where it is not said which. */
  readonly replaces?: string | undefined
  /** That newer one, where it is known. */
  readonly newest?: string | undefined
}

/** What is to be done with packages, in one transaction. */
export interface Transaction {
  readonly action: 'install' | 'remove' | 'purge' | 'upgrade' | 'mark'
  /** Of an upgrade: none means all that are installed. */
  readonly packages: readonly WantedPackage[]
  /** A package file on the target to install. */
  readonly file?: string | undefined
  /** False: leave out what packages only recommend. */
  readonly recommends?: boolean | undefined
  /** A version may be older than the one that is installed. */
  readonly downgrade?: boolean | undefined
  /** Packages that are held may change. */
  readonly held?: boolean | undefined
  /** Also remove what was installed for others and nobody needs any more. */
  readonly autoremove?: boolean | undefined
  /** An upgrade may remove packages. */
  readonly full?: boolean | undefined
}

/** What is installed under one name. */
export interface InstalledPackage {
  readonly name: string
  /** `half`: unpacked and not configured, or worse; `config`: removed, and its configuration files are left. */
  readonly state: 'absent' | 'config' | 'half' | 'installed'
  /** Absent where nothing is there. */
  readonly version?: string
  readonly held: boolean
  /** Installed packages that provide the name. */
  readonly providers: readonly string[]
}

/** What could be installed under one name. */
export interface OfferedPackage {
  readonly name: string
  /** What the package manager would take; absent where it knows no such package. */
  readonly candidate?: string
  /** All that repositories offer, the newest first. */
  readonly versions: readonly string[]
  /** Packages that could be installed and provide the name. */
  readonly providers: readonly string[]
}

/** How old the package lists are. */
export interface ListsAge {
  /** Seconds; absent where they were never fetched. */
  readonly age?: number
  /** The repositories were changed since. */
  readonly outdated: boolean
}

/** What the package manager says a transaction would do. */
export interface Trial {
  /** With what is not there as null; in the order in which it was told. */
  readonly packages: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[]
  /** Why it would refuse, in its own words. */
  readonly refused?: string
}

/** Names of package managers. */
export type ManagerName = 'apt' | 'dnf' | 'zypper' | 'apk' | 'pacman'

/** One package manager: what it is asked, how its answers are read, and the words that it takes. */
export interface PackageManager {
  readonly name: ManagerName
  /** The program whose presence tells that a host has it. */
  readonly program: string
  /** How its versions are compared; absent where only it can do that. */
  readonly compare?: Compare
  /** Whether a package can be kept from changing. */
  readonly holds: boolean
  /** Whether removing a package leaves its configuration files. */
  readonly purges: boolean
  /** Shell text that prints what is installed of these names. */
  installedScript(names: readonly string[]): string
  /** One for each name; undefined where the output broke off. */
  parseInstalled(output: string, names: readonly string[]): readonly InstalledPackage[] | undefined
  /** Shell text that prints name and version of the package in a file, each on a line. */
  fileScript(path: string): string
  /** Shell text that prints what repositories offer of these names, out of lists that were fetched before. */
  offersScript(names: readonly string[]): string
  parseOffers(output: string, names: readonly string[]): readonly OfferedPackage[] | undefined
  /** Shell text that prints `age SECONDS` where lists were fetched, and `outdated`. */
  readonly listsScript: string
  /** The words of its program for a transaction. */
  words(transaction: Transaction): readonly string[]
  /** Shell text that prints what a transaction would do and ends with `exit STATUS`; undefined where it cannot tell. */
  trialScript(transaction: Transaction): string | undefined
  parseTrial(output: string): Omit<Trial, 'refused'>
  /**
   * Shell functions for steps. `pm_environment` comes first; `pm WORD…` and `pm_update` run the program and leave what it says in
   * $D/po and $D/pe, of which `pm_words` prints what matters; `pm_locked`, `pm_holder` and `pm_stale` say more of a failure;
   * `pm_hold NAME…`, `pm_release NAME…`; `pm_version NAME` prints the version of what is properly installed.
   * `pm_suffix` is what the names of its package files end in. They may use `pm_seconds`, the time limit, and `pm_left`, the seconds left to wait for locks.
   */
  readonly library: string
}

/** A name without the architecture behind it. */
export const splitName = (full: string): { readonly name: string; readonly arch: string | undefined } => {
  const [name = '', arch] = full.split(':')
  return { name, arch }
}

/** The part of something larger that a package manager is told. */
export const transactionOf = (given: Transaction): Transaction => {
  const { action, packages, file, recommends, downgrade, held, autoremove, full } = given
  return { action, packages, file, recommends, downgrade, held, autoremove, full }
}
