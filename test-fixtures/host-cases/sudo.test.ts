import { sudoGround } from '../beside/sudo-ground.js'
import { accountCases, is } from './account-cases.js'

const directory = '/etc/sudoers.d'
const may = (user: string, command: string): string =>
  `su ${user} -s /bin/sh -c ${JSON.stringify(`sudo -n ${command}`)}`

accountCases(
  'rules of sudo',
  [
    {
      title: 'a rule for a user',
      before: 'useradd -m ann; useradd -m -g users ben',
      states: `r:
  sudo.rule: { name: ann, user: ann, as: root, commands: [/usr/bin/id -u], nopasswd: true }
`,
      after: [
        is(`cat ${directory}/ann`, 'ann ALL = (root) NOPASSWD: /usr/bin/id -u'),
        is(`stat -c "%U:%G %a" ${directory}/ann`, 'root:root 440'),
        may('ann', '/usr/bin/id -u'),
        `! ${may('ann', '/usr/bin/whoami')}`,
      ],
    },
    {
      title: 'other commands, with characters that mean something to sudo',
      states: `r:
  sudo.rule:
    name: ann
    user: ann
    commands: ["/bin/echo a,b:c=d", '/bin/echo e\\,f', /usr/bin/whoami]
    nopasswd: true
    setenv: true
`,
      after: [
        may('ann', '/bin/echo a,b:c=d'),
        may('ann', '/bin/echo e,f'),
        may('ann', 'X=1 /usr/bin/whoami'),
        `! ${may('ann', '/bin/echo x')}`,
      ],
    },
    {
      title: 'a rule for a group and a user, on this host and as somebody',
      states: `r:
  sudo.rule: { name: staff, user: ["%users", ann], hosts: [h1, h2], as: "ben:users", commands: [/usr/bin/id], nopasswd: true }
`,
      after: [may('ben', '-u ben /usr/bin/id'), `! ${may('ben', '-u root /usr/bin/id')}`],
    },
    {
      title: 'lines as they are, without an end, and a rule behind them',
      states: `r:
  sudo.rule:
    name: lines
    content: "User_Alias OPS = ann, ben\\nDefaults:OPS !lecture"
    user: OPS
    commands: [/usr/bin/tail]
    nopasswd: true
`,
      after: [is(`wc -l <${directory}/lines`, '3'), may('ben', '/usr/bin/tail --version')],
    },
    {
      title: 'a rule that visudo refuses, which leaves the one that is there',
      states: 'r:\n  sudo.rule: { name: lines, content: "ann ALL = (ALL NOPASSWD" }\n',
      outcome: 'failed',
      says: /syntax error/,
      after: [may('ben', '/usr/bin/tail --version'), is(`ls -A ${directory} | grep -c -e prove -e bak`, '0')],
      // Only visudo can tell.
      isForeseen: false,
    },
    {
      title: 'a new rule that visudo refuses, which leaves none',
      states: 'r:\n  sudo.rule: { name: broken, content: "ann ALL = (ALL NOPASSWD" }\n',
      outcome: 'failed',
      says: /refused by its validate command/,
      after: [`! [ -e ${directory}/broken ]`],
      isForeseen: false,
    },
    {
      title: 'another mode and owner',
      before: `chmod 666 ${directory}/lines; chown ann ${directory}/lines`,
      states: `r:
  sudo.rule:
    name: lines
    content: "User_Alias OPS = ann, ben\\nDefaults:OPS !lecture"
    user: OPS
    commands: [/usr/bin/tail]
    nopasswd: true
`,
      after: [is(`stat -c "%U:%G %a" ${directory}/lines`, 'root:root 440')],
    },
    {
      title: 'no rule',
      states: 'r:\n  sudo.rule: { name: lines, absent: true }\n',
      after: [`! [ -e ${directory}/lines ]`],
    },
    {
      title: 'no rule, where there is none',
      states: 'r:\n  sudo.rule: { name: lines, absent: true }\n',
      outcome: 'ok',
    },
    {
      title: 'a host without sudo',
      before: `mv ${directory} /srv/sudoers.d`,
      states: 'r:\n  sudo.rule: { name: ann, user: ann }\n',
      outcome: 'failed',
      says: /sudo is not installed/,
    },
  ],
  { beside: sudoGround },
)
