import { bootingGround } from '../beside/system-ground.js'
import { hostCases } from '../hosts/host-cases.js'

hostCases(
  'booting',
  [
    {
      title: 'after a change; what comes after it goes on in the next boot',
      before: `cat /proc/sys/kernel/random/boot_id >/srv/lab/boot; echo x >/run/of-this-boot`,
      states: `change:\n  file.managed: { path: /srv/lab/changed, content: x }\n  notify: boot\nboot:\n  system.reboot: { within: 120 }\nafterwards:\n  cmd.run: cat /proc/sys/kernel/random/boot_id >/srv/lab/after\n  creates: /srv/lab/after\n  requires: boot\n`,
      after: `! [ -e /run/of-this-boot ] && ! cmp -s /srv/lab/boot /srv/lab/after && cmp /srv/lab/after /proc/sys/kernel/random/boot_id`,
    },
    {
      title: 'because an upgrade asked for it, among steps of the same trip, and with a notification behind it',
      before: 'echo x >/run/reboot-required; rm -f /srv/lab/told; touch /run/of-this-boot',
      states: `one:\n  file.managed: { path: /srv/lab/one, content: x }\nboot:\n  system.reboot: { only_if_required: true, within: 120 }\n  lazy: false\n  requires: one\n  notify: told\ntwo:\n  file.managed: { path: /srv/lab/two, content: x }\n  requires: boot\ntold:\n  cmd.run: touch /srv/lab/told\n  lazy: true\n`,
      after: '[ -e /srv/lab/one ] && [ -e /srv/lab/two ] && [ -e /srv/lab/told ] && ! [ -e /run/of-this-boot ]',
    },
    {
      title: 'nobody asked for it',
      states: 'boot:\n  system.reboot: { only_if_required: true }\n  lazy: false\n',
      outcome: 'ok',
    },
  ],
  { beside: bootingGround },
)
