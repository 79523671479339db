/** Owner and mode to give; what is absent stays as it is. */
export interface Attributes {
  readonly owner?: string | undefined
  readonly group?: string | undefined
  /** Four octal digits. */
  readonly mode?: string | undefined
}

/** What a new file gets when no mode is declared. */
export const newFileMode = '0644'
export const newDirectoryMode = '0755'

/** `owner:group` as chown takes it; empty when neither is declared. */
export const ownerWord = ({ owner, group }: Attributes): string =>
  group === undefined ? (owner ?? '') : `${owner ?? ''}:${group}`
