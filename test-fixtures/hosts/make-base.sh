#!/bin/sh
# Makes the root filesystem that all hosts of the lab share: make-base.sh FOLDER PUBLIC-KEY APT-SOURCES…
# Debian's "important" set, an init, sshd, every tool for elevation, the login shells people have, and a package repository of its own.
set -eu
folder=$1 key=$2
shift 2

packages=systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,opendoas,busybox-static,fish,tcsh,iproute2,iputils-ping,procps,python3,python3-apt,python3-cryptography,python3-idna,rsync,acl,faketime,locales,git,openssl,curl,gnupg,xz-utils,bzip2,zstd,zip,unzip,kmod
# Not installed, but to be had from the hosts' own repository with all they need.
offered='nginx-light libnginx-mod-http-echo redis-server cron openrc'

mmdebstrap --mode=root --variant=minbase --components=main --include="$packages" --quiet \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/locale/de/*' \
  --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"' \
  --customize-hook="mkdir -p \"\$1/srv/repository\"; chroot \"\$1\" apt-get -qq -y --no-install-recommends --download-only -o Dir::Cache::archives=/srv/repository install $offered apt-utils; chroot \"\$1\" sh -c 'cd /srv/repository; rm -rf partial lock; dpkg-deb -x apt-utils_*.deb /tmp/apt-utils; /tmp/apt-utils/usr/bin/apt-ftparchive packages . >Packages; rm -rf /tmp/apt-utils'" \
  bookworm "$folder" "$@"

cd "$folder"
in_base() { chroot . "$@"; }

rm -f etc/apt/sources.list etc/apt/sources.list.d/* etc/apt/apt.conf.d/99mmdebstrap etc/dpkg/dpkg.cfg.d/99mmdebstrap etc/ssh/ssh_host_* etc/resolv.conf
echo 'deb [trusted=yes] file:/srv/repository ./' >etc/apt/sources.list
in_base apt-get -qq update
: >etc/resolv.conf
: >etc/machine-id
rm -f var/lib/dbus/machine-id
ln -s /etc/machine-id var/lib/dbus/machine-id
echo LANG=C.UTF-8 >etc/default/locale
# One language besides English, for hosts whose tools speak it.
in_base localedef -i de_DE -f UTF-8 de_DE.UTF-8

# No timers that use the disk or take dpkg's lock behind a test's back, and nobody to sit at a console.
for unit in apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer \
  console-getty.service getty@tty1.service getty-static.service systemd-network-generator.service; do
  ln -sf /dev/null "etc/systemd/system/$unit"
done
# Whoever booted the host sees this come. A link comes at once; touch makes a file, and changes its times after that.
mkdir -p srv/lab
cat >etc/systemd/system/lab-up.service <<'UNIT'
[Unit]
After=ssh.service systemd-user-sessions.service
[Service]
Type=oneshot
ExecStart=/bin/ln -s multi-user.target /srv/lab/up
[Install]
WantedBy=multi-user.target
UNIT
in_base systemctl -q enable lab-up.service

# Users, each with another way to become root, or another shell at login. All have the same key; those with a password have "prove-lab".
user() {
  in_base useradd -m "$@"
  for name in "$@"; do :; done
  echo "$name:prove-lab" | in_base chpasswd
}
rule() { cat >"etc/sudoers.d/$1" && chmod 440 "etc/sudoers.d/$1"; }
echo root:prove-lab | in_base chpasswd
user -s /bin/bash passwordless
echo 'passwordless ALL=(ALL:ALL) NOPASSWD: ALL' | rule passwordless
user -s /bin/bash asked
echo 'asked ALL=(ALL:ALL) ALL' | rule asked
user -s /bin/bash cached
printf '%s\n' 'Defaults:cached timestamp_type=global' 'cached ALL=(ALL:ALL) ALL' | rule cached
user -s /bin/bash pty
printf '%s\n' 'Defaults:pty use_pty' 'pty ALL=(ALL:ALL) NOPASSWD: ALL' | rule pty
user -s /bin/bash terminal
printf '%s\n' 'Defaults:terminal requiretty' 'terminal ALL=(ALL:ALL) NOPASSWD: ALL' | rule terminal
user -s /bin/bash nobodys
user -s /bin/bash doer
printf '%s\n' 'permit nopass doer' 'permit asked' >etc/doas.conf
chmod 600 etc/doas.conf
user -s /usr/bin/fish fisher
echo 'fisher ALL=(ALL:ALL) NOPASSWD: ALL' | rule fisher
user -s /bin/tcsh csher
echo 'csher ALL=(ALL:ALL) NOPASSWD: ALL' | rule csher
user -s /bin/bash noisy
echo 'noisy ALL=(ALL:ALL) NOPASSWD: ALL' | rule noisy
# Before what ends it for shells that nobody types into.
{
  printf '%s\n' 'echo "Welcome to the noise: prove ready 1 2"' 'printf "no line end"' 'echo loud >&2'
  cat home/noisy/.bashrc
} >etc/noisy.bashrc
mv etc/noisy.bashrc home/noisy/.bashrc
user -s /bin/bash slow
echo 'slow ALL=(ALL:ALL) NOPASSWD: ALL' | rule slow
{
  echo 'sleep 3'
  cat home/slow/.bashrc
} >etc/slow.bashrc
mv etc/slow.bashrc home/slow/.bashrc
user -s /bin/sh boxed
# Nothing but busybox: a root of its own behind sshd.
mkdir -p srv/busybox/bin srv/busybox/tmp srv/busybox/dev srv/busybox/etc srv/busybox/home/boxed srv/busybox/run
chmod 1777 srv/busybox/tmp
chmod 777 srv/busybox/home/boxed
cp bin/busybox srv/busybox/bin/
in_base chroot /srv/busybox /bin/busybox --install -s /bin
grep -E '^(root|boxed):' etc/passwd >srv/busybox/etc/passwd
grep -E '^(root|boxed):' etc/group >srv/busybox/etc/group
mknod -m 666 srv/busybox/dev/null c 1 3
mknod -m 666 srv/busybox/dev/urandom c 1 9
cat >etc/ssh/sshd_config.d/lab.conf <<'SSHD'
PermitRootLogin yes
UseDNS no
SSHD
printf '%s\n' 'Match User boxed' '  ChrootDirectory /srv/busybox' >>etc/ssh/sshd_config

for home in root home/*; do
  name=${home##*/}
  install -d -m 700 "$home/.ssh"
  install -m 600 "$key" "$home/.ssh/authorized_keys"
  in_base chown -R "$name:" "/$home"
done
