/** Recorded on Debian 12 with systemd 252, for the names of `recordedNames`. */
export const recordedSystemd = `Type=simple
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 05:51:16.678490 UTC
Id=plain.service
Names=plain.service other.service
LoadState=loaded
ActiveState=active
FragmentPath=/etc/systemd/system/plain.service
SourcePath=
DropInPaths=/etc/systemd/system/plain.service.d/a.conf /etc/systemd/system/plain.service.d/b.conf
UnitFileState=enabled
CanReload=no
NeedDaemonReload=yes
LoadError=

Type=
RemainAfterExit=no
ExecMainStartTimestamp=
Id=missing.service
Names=missing.service
LoadState=not-found
ActiveState=inactive
FragmentPath=
SourcePath=
DropInPaths=
UnitFileState=
CanReload=no
NeedDaemonReload=no
LoadError=org.freedesktop.systemd1.NoSuchUnit "Unit missing.service not found."

Type=
RemainAfterExit=no
ExecMainStartTimestamp=
Id=gone.service
Names=gone.service
LoadState=masked
ActiveState=inactive
FragmentPath=/etc/systemd/system/gone.service
SourcePath=
DropInPaths=
UnitFileState=masked
CanReload=no
NeedDaemonReload=no
LoadError=org.freedesktop.systemd1.UnitMasked "Unit gone.service is masked."

Type=simple
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 05:51:15.392985 UTC
Id=inst@a.service
Names=inst@a.service
LoadState=loaded
ActiveState=active
FragmentPath=/etc/systemd/system/inst@.service
SourcePath=
DropInPaths=
UnitFileState=disabled
CanReload=no
NeedDaemonReload=no
LoadError=

Type=notify
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 05:51:01.588030 UTC
Id=ssh.service
Names=ssh.service sshd.service
LoadState=loaded
ActiveState=active
FragmentPath=/lib/systemd/system/ssh.service
SourcePath=
DropInPaths=
UnitFileState=enabled
CanReload=yes
NeedDaemonReload=no
LoadError=

Type=notify
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 05:51:01.588030 UTC
Id=ssh.service
Names=ssh.service sshd.service
LoadState=loaded
ActiveState=active
FragmentPath=/lib/systemd/system/ssh.service
SourcePath=
DropInPaths=
UnitFileState=enabled
CanReload=yes
NeedDaemonReload=no
LoadError=

Type=simple
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 06:04:33.739162 UTC
Id=crash.service
Names=crash.service
LoadState=loaded
ActiveState=failed
FragmentPath=/etc/systemd/system/crash.service
SourcePath=
DropInPaths=
UnitFileState=static
CanReload=no
NeedDaemonReload=no
LoadError=

Type=simple
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 06:04:47.337530 UTC
Id=crashloop.service
Names=crashloop.service
LoadState=loaded
ActiveState=activating
FragmentPath=/etc/systemd/system/crashloop.service
SourcePath=
DropInPaths=
UnitFileState=static
CanReload=no
NeedDaemonReload=no
LoadError=

Type=simple
RemainAfterExit=no
ExecMainStartTimestamp=Thu 2026-11-26 06:04:33.700862 UTC
Id=trans.service
Names=trans.service
LoadState=loaded
ActiveState=active
FragmentPath=/run/systemd/transient/trans.service
SourcePath=
DropInPaths=
UnitFileState=transient
CanReload=no
NeedDaemonReload=no
LoadError=

Type=oneshot
RemainAfterExit=no
ExecMainStartTimestamp=
Id=once.service
Names=once.service
LoadState=loaded
ActiveState=inactive
FragmentPath=/etc/systemd/system/once.service
SourcePath=
DropInPaths=
UnitFileState=static
CanReload=no
NeedDaemonReload=no
LoadError=

Type=oneshot
RemainAfterExit=no
ExecMainStartTimestamp=
Id=broken.service
Names=broken.service
LoadState=bad-setting
ActiveState=inactive
FragmentPath=/etc/systemd/system/broken.service
SourcePath=
DropInPaths=
UnitFileState=static
CanReload=no
NeedDaemonReload=no
LoadError=org.freedesktop.systemd1.BadUnitSetting "Unit broken.service has a bad unit file setting."

Type=forking
RemainAfterExit=yes
ExecMainStartTimestamp=
Id=sysv.service
Names=sysv.service
LoadState=loaded
ActiveState=active
FragmentPath=/run/systemd/generator.late/sysv.service
SourcePath=/etc/init.d/sysv
DropInPaths=
UnitFileState=generated
CanReload=no
NeedDaemonReload=no
LoadError=

Id=dbus.socket
Names=dbus.socket
LoadState=loaded
ActiveState=active
FragmentPath=/lib/systemd/system/dbus.socket
SourcePath=
DropInPaths=
UnitFileState=static
CanReload=no
NeedDaemonReload=no
LoadError=
---
---
changed 1795673087.338420 /etc/systemd/system/plain.service
changed 1795672276.630388 /etc/systemd/system/plain.service.d/a.conf
changed 1795672543.918399 /etc/systemd/system/plain.service.d/b.conf
changed 1795672275.266920 /etc/systemd/system/gone.service
changed 1795672275.261255 /etc/systemd/system/inst@.service
changed 1795671380.582353 /lib/systemd/system/ssh.service
changed 1795672275.259337 /etc/systemd/system/crash.service
changed 1795672275.260291 /etc/systemd/system/crashloop.service
changed 1795673073.677041 /run/systemd/transient/trans.service
changed 1795672275.266920 /etc/systemd/system/once.service
changed 1795673087.314896 /etc/systemd/system/broken.service
changed 1795673073.549179 /run/systemd/generator.late/sysv.service
changed 1795672696.366405 /etc/init.d/sysv
changed 1795671378.306353 /lib/systemd/system/dbus.socket
`

export const recordedNames = [
  'plain',
  'missing',
  'gone',
  'inst@a',
  'ssh',
  'sshd',
  'crash',
  'crashloop',
  'trans',
  'once',
  'broken',
  'sysv',
  'dbus.socket',
]
