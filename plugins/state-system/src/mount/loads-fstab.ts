import { type EditableAnswer, exec, type FileAnswer } from '@prove/core'

export const fstab = '/etc/fstab'

/** What is seen of /etc/fstab; absent where it is not asked. */
export interface SeenFstab {
  readonly now?: FileAnswer | undefined
  readonly held?: EditableAnswer | undefined
}

/** systemd mounts by what it has made of an earlier file, until it is told. */
export const loadsFstab = exec({ command: '[ ! -d /run/systemd/system ] || exec systemctl daemon-reload' })
