import { type Blob, givesFile, type MadeBlob, quoteAll, type Step, type StepKind } from '@prove/core'

/**
 * Puts content into a file below `.ssh` of a user's home, as that user: where the user has put a link in the way, it leads no
 * further than the user may go anyway. The directory is made or taken over where it must be.
 */
export interface UserFileStep extends Step {
  readonly kind: 'user.file'
  readonly user: string
  readonly group: string
  /** Its home, and the real path of the directory below. */
  readonly home: string
  readonly directory: string
  /** In that directory. */
  readonly file: string
  readonly blob: MadeBlob
  /** The hash of what the new content was made from: where the file holds something else by now, it is left alone. */
  readonly replaces: string | undefined
  /** Whether the directory is to be made. */
  readonly makes: boolean
  /** It belongs to somebody else, and is to become that of its user. */
  readonly takes: boolean
  /** The mode that the directory has then; undefined where nothing of it changes. */
  readonly directoryMode: string | undefined
}

/** A process that is the user has all of its rights, and no more. su would ask PAM, which refuses users whose time is over. */
const library = (): string => `
as_user() { # USER COMMAND…
u=$1; shift
if [ "$(id -u)" = "$(id -u "$u")" ]; then "$@"
elif command -v setpriv >/dev/null && setpriv --reuid "$u" --regid "$(id -g "$u")" --init-groups true 2>/dev/null; then
setpriv --reuid "$u" --regid "$(id -g "$u")" --init-groups "$@"
else
t='exec'; for w; do t="$t '$(printf %s "$w" | sed "s/'/'\\\\\\\\''/g")'"; done
su -s /bin/sh "$u" -c "$t"
fi
}
user_file() { # USER GROUP HOME DIRECTORY FILE PAYLOAD SHA256 REPLACES MAKES TAKES
if [ -n "\${10}" ]; then
cd -P -- "$4" && [ "$(pwd -P)" = "$4" ] || fail "\\"$4\\" is not where it was"
chown -- "$1:$2" . && chmod 0700 . && cd / || return
fi
payload "$6" >"$D/in" || return 1
as_user "$1" sh -c "$user_file_part" user_file "$4" "$5" "$7" "$8" "$9" <"$D/in"
}
user_file_part='umask 077
say() { echo "$1" >&2; exit 1; }
if [ -n "$5" ]; then mkdir -p -m 0700 -- "$1" || exit; fi
cd -P -- "$1" || exit
[ "$(pwd -P)" = "$1" ] || say "\\"$1\\" is reached through a link"
chmod go-w . || exit
! [ -L "$2" ] || say "\\"$1/$2\\" is a symbolic link"
if [ -n "$4" ]; then s=$(sha256sum <"$2") && [ "\${s%% *}" = "$4" ] || say "\\"$1/$2\\" was changed by somebody else meanwhile"; fi
new=.prove-$2
trap "rm -f -- \\"\\$new\\"" EXIT
rm -rf -- "$new" && cat >"$new" || exit
s=$(sha256sum <"$new"); [ "\${s%% *}" = "$3" ] || say "the upload is damaged"
chmod 0600 -- "$new" && mv -f -- "$new" "$2"'`

export const userFileKind: StepKind<UserFileStep> = {
  name: 'user.file',
  tools: ['sha256sum', 'id'],
  library,
  // What is done to the directory is done to all that is in it.
  touches: ({ directory, file, directoryMode }) => ({
    paths: [directoryMode === undefined ? `${directory}/${file}` : directory],
  }),
  blobs: ({ blob }): readonly Blob[] => [blob],
  gives: ({ user, group, directory, file, blob, makes, takes, directoryMode: mode }) => [
    ...(mode === undefined
      ? []
      : [givesFile(directory, { type: 'directory', mode, ...(makes || takes ? { owner: user, group } : {}) })]),
    givesFile(`${directory}/${file}`, {
      type: 'file',
      owner: user,
      group,
      mode: '0600',
      size: blob.size,
      sha256: blob.sha256,
      names: 1,
      made: blob,
    }),
  ],
  command: ({ user, group, home, directory, file, blob, replaces, makes, takes }, blobPath) =>
    `user_file ${quoteAll([
      user,
      group,
      home,
      directory,
      file,
      blobPath(blob),
      blob.sha256,
      replaces ?? '',
      makes ? 'y' : '',
      takes ? 'y' : '',
    ])}`,
}
