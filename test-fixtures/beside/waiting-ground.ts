import type { Ground } from './ground.js'

/** What waiting leaves: nothing, but for what the states after it do. */
export const waitingGround: Ground = {
  keeps: ['/srv/lab'],
  shows: `find /srv/lab -printf '%p %y %m %u:%g\\n' | sort`,
}
