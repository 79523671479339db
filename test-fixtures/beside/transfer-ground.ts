import type { Ground } from './ground.js'

const served = ['app.tar.gz', 'plain', 'secret', 'SUMS', 'tagged', 'token'].map((name) => `/srv/mirror/${name}`)

/** Files below some paths: of backups not the name, which has the time, and of archives not the stamps of ours. */
const treeGround = (paths: readonly string[], ...keeps: readonly string[]): Ground => ({
  keeps: [...paths, ...keeps],
  shows: `for path in ${paths.join(' ')}; do [ -e "$path" ] || [ -L "$path" ] || continue; cd "$(dirname "$path")"; path=$(basename "$path")
find "./$path" ! -name .prove-extracted -printf '%p %y %m %u:%g %l\\n' | sed -e 's/\\.[^ /]*\\.bak / backup /' -e 's/\\.[0-9]*\\.[-0-9]*@[0-9:]*~ / backup /' | sort
find "./$path" ! -name .prove-extracted -type f -exec sha256sum {} + | cut -c -64 | sort; done`,
})

/** Copies of a host, and what they are of. */
export const copyGround: Ground = treeGround(['/srv'])

/** Trees that were brought there, and what was there before. */
export const plainTreeGround: Ground = treeGround(['/srv/www'])

/** What is downloaded; the server goes on, and has what a case begins with. */
export const downloadGround: Ground = treeGround(
  ['/srv/got'],
  ...served,
  '/usr/bin/curl',
  '/usr/bin/curl.away',
  '/usr/local/bin/wget',
)

/** What archives were unpacked to. */
export const archiveGround: Ground = treeGround(
  ['/srv/app', '/srv/elsewhere', '/srv/evil'],
  ...served,
  '/srv/new',
  ...['a.tar', 'a.tar.gz', 'a.tgz', 'a.tar.bz2', 'a.tar.xz', 'a.tar.zst', 'a.zip', "it's $x.zip"].map((name) =>
    `/srv/${name}`.replaceAll("'", "'\\''"),
  ),
  '/var/tmp/fetched',
)
