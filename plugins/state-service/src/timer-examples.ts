import type { Example } from '@prove/core'

/** Of `systemd.timer`. */
export const timerExamples: readonly Example[] = [
  {
    title: 'A backup each night, made up for if the host was off',
    states: `backup:
  systemd.timer:
    name: backup
    on_calendar: "*-*-* 03:30"
    command: tar -czf /var/backups/etc-$(date +%F).tar.gz -C / etc
    persistent: true
    random_delay: 10min
`,
  },
  {
    title: 'A list of words, run as a user of its own, after each boot too',
    states: `tidy:
  systemd.timer:
    name: tidy
    on_calendar: [Mon..Fri 12:00, Sat 06:00]
    on_boot: 15min
    command: [find, /var/tmp, -user, www-data, -mtime, "+7", -delete]
    user: www-data
`,
  },
  {
    title: 'A timer that is not wanted any more',
    states: `no_backup:
  systemd.timer: { name: backup, absent: true }
`,
    host: `cat >/etc/systemd/system/backup.timer <<'UNIT'
[Timer]
OnCalendar=daily
[Install]
WantedBy=timers.target
UNIT
printf '[Service]\\nExecStart=/bin/true\\n' >/etc/systemd/system/backup.service
systemctl -q enable --now backup.timer`,
  },
]
