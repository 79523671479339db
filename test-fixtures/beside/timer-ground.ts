import type { Ground } from './ground.js'
import { serviceGround } from './service-ground.js'

const noted = ['/srv/backup', '/srv/odd', '/srv/own', '/srv/since', '/tmp/who', '/tmp/a b']

/** Timers as systemd has read them: when they run and what, and whether they do. */
export const timerGround: Ground = {
  ...serviceGround,
  keeps: [...serviceGround.keeps, ...noted],
  shows: `cd /etc/systemd/system; for unit in *.timer; do [ -e "$unit" ] || continue; echo "$unit"
systemctl show -p ActiveState -p UnitFileState -p Persistent -p RandomizedDelayUSec -p Unit "$unit"
systemctl show -P TimersCalendar -P TimersMonotonic "$unit" | sed -e 's/ ; next_elapse=.*//'; done
for unit in *.service; do [ -e "$unit" ] && [ ! -L "$unit" ] || continue; echo "$unit"
systemctl show -p User -p Type "$unit"; systemctl show -P ExecStart "$unit" | sed -e 's/ ; ignore_errors.*//'; done
:`,
}
