/** What a differential run must know of an area: what its cases change, and what counts of that. */
export interface Ground {
  /** Paths that cases may change: each case begins with what was there when Prove began it. */
  readonly keeps: readonly string[]
  /** Text for a shell of root that makes a fresh host ready for that. */
  readonly before?: string
  /** Notes what is in no file, in files whose names begin with "$at". */
  readonly notes?: string
  /** Brings that back, behind the files. "$at" is as for `notes`, and `files` brings the files once more. */
  readonly settles?: string
  /** Makes of what a case begins with what it would be where Ansible had made it: its marks. */
  readonly renames?: string
  /** Prints all of the host that counts. */
  readonly shows: string
}

/** Where a host has what was noted of it. */
export const notesFolder = '/var/tmp/beside'

const quoted = (paths: readonly string[]): string => paths.map((path) => `'${path.slice(1)}'`).join(' ')

/** Notes what a case begins with, before its own preparation. */
export const noteScript = ({ keeps, notes = '' }: Ground, i: number): string => `
mkdir -p ${notesFolder}; at=${notesFolder}/${i}
cd /; set -- ; for path in ${quoted(keeps)}; do if [ -e "$path" ] || [ -L "$path" ]; then set -- "$@" "$path"; fi; done
[ $# = 0 ] && set -- --files-from=/dev/null
tar -cf "$at.tar" "$@"
${notes}`

/** Brings back what a case began with. */
export const beginScript = ({ keeps, settles = '', renames = '' }: Ground, i: number, before = ''): string => `
at=${notesFolder}/${i}
files() { cd / && rm -rf ${quoted(keeps)} && tar -xpf "$at.tar"; }
files
${settles}
( ${before === '' ? ':' : before}
) </dev/null >"$at.log" 2>&1 || { echo 'the preparation failed:'; cat "$at.log"; exit 1; }
${renames}
:`
