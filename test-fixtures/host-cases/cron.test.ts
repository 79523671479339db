import { cronGround } from '../beside/cron-ground.js'
import { type HostCase, hostCases } from '../hosts/host-cases.js'

/** Hands in a crontab of root; each word is a line. */
const holds = (...lines: readonly string[]): string =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} | crontab -`

/** The crontab of root is these lines, to the byte. */
const is = (...lines: readonly string[]): string =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/tmp/wanted; crontab -l | cmp - /tmp/wanted`

const poll = ['# prove: poll', '*/5 * * * * /bin/poll', '# prove end: poll']
const pollState = `poll:\n  cron.entry: { name: poll, minute: "*/5", command: /bin/poll }\n`

const without: readonly HostCase[] = [
  {
    title: 'without cron a job cannot be kept',
    states: pollState,
    outcome: 'failed',
    says: /is cron installed/,
  },
  {
    title: 'without cron a job is absent',
    states: `poll:\n  cron.entry: { name: poll, absent: true }\n`,
    outcome: 'ok',
  },
]

const cases: readonly HostCase[] = [
  {
    title: 'cron comes with a state before',
    states: `cron:\n  cmd.run: apt-get install -y cron\n  creates: /usr/bin/crontab\n\n${pollState}  requires: cron\n`,
    after: `${is(...poll)}; grep -q poll /var/spool/cron/crontabs/root`,
  },
  {
    title: 'another schedule, among lines of somebody else',
    before: holds('# mine', '', 'A="b c"', '0 1 * * *\t/bin/x  # y', ...poll, '@reboot /bin/z'),
    states: `poll:\n  cron.entry: { name: poll, minute: 7, hour: "8-17/2", weekday: mon-fri, command: /bin/poll }\n`,
    after: is(
      '# mine',
      '',
      'A="b c"',
      '0 1 * * *\t/bin/x  # y',
      poll[0] ?? '',
      '7 8-17/2 * * mon-fri /bin/poll',
      poll[2] ?? '',
      '@reboot /bin/z',
    ),
  },
  {
    title: 'a job that a person has changed',
    before: holds(poll[0] ?? '', '*/5 * * * * /bin/poll --more', poll[2] ?? ''),
    states: pollState,
    after: is(...poll),
  },
  {
    title: 'a job that a person has removed, and left its marks',
    before: holds(poll[0] ?? '', poll[2] ?? '', '0 1 * * * /bin/x'),
    states: pollState,
    after: is(...poll, '0 1 * * * /bin/x'),
  },
  {
    title: 'a mark without its end: the job below it is kept',
    before: holds(poll[0] ?? '', '0 1 * * * /bin/x'),
    states: pollState,
    after: is(...poll, '0 1 * * * /bin/x'),
  },
  {
    title: 'disabled',
    states: pollState.replace(' }', ', disabled: true }'),
    after: `crontab -l | grep -q '^# [*]/5 .*poll'`,
  },
  { title: 'and enabled again', states: pollState, after: `crontab -l | grep -q '^[*]/5 .*poll'` },
  {
    title: 'absent: nothing of it is left, and the rest is',
    before: holds('0 1 * * * /bin/x', ...poll),
    states: `poll:\n  cron.entry: { name: poll, absent: true }\n`,
    after: is('0 1 * * * /bin/x'),
  },
  {
    title: 'the last line: there is no crontab any more',
    before: holds(...poll),
    states: `poll:\n  cron.entry: { name: poll, absent: true }\n`,
    after: '! crontab -l 2>/dev/null && ! [ -e /var/spool/cron/crontabs/root ]',
  },
  {
    title: 'of another user, beside one of root and two of one user',
    states: `a:\n  cron.entry: { name: a, user: nobodys, special: daily, command: /bin/a }\nb:\n  cron.entry: { name: b, user: nobodys, special: weekly, command: /bin/b }\nc:\n  cron.entry: { name: c, user: root, special: hourly, command: /bin/c }\n`,
    after: `[ "$(crontab -u nobodys -l | grep -c '^@')" = 2 ]; crontab -l | grep -qx '@hourly /bin/c'; [ "$(stat -c %U /var/spool/cron/crontabs/nobodys)" = nobodys ]`,
  },
  {
    title: 'of a user that does not exist',
    states: `a:\n  cron.entry: { name: a, user: nobody-here, special: daily, command: /bin/a }\n`,
    outcome: 'failed',
    says: /nobody-here. unknown/,
  },
  {
    title: 'names and commands with quotes, dollars, percent and other letters',
    before: 'crontab -r',
    states: `odd:\n  cron.entry:\n    name: "-- it's \\"größe\\" $HOME \`x\` #1"\n    special: daily\n    command: "printf '%s' \\"$HOME\\" 'a b' >/tmp/ü; date +\\\\%F"\n`,
    after: `crontab -l | grep -qxF '@daily printf '"'%s'"' "$HOME" '"'a b'"' >/tmp/ü; date +\\%F'; crontab -l | grep -qxF '# prove: -- it'"'"'s "größe" $HOME \`x\` #1'`,
  },
  {
    title: 'variables of one job, as its shell has them',
    before: 'crontab -r',
    states: `job:\n  cron.entry: { name: job, special: daily, command: env >/tmp/env-of-job, variables: { A: "it's 100%", B: 5 } }\n`,
    after: `sh -c "$(crontab -l | sed -n '2s/^@daily //p' | sed 's/\\\\%/%/g')" && grep -qx "A=it's 100%" /tmp/env-of-job && grep -qx B=5 /tmp/env-of-job`,
  },
  {
    title: 'a crontab that is no UTF-8, with line ends of others',
    before: `printf '# gr\\374\\337e\\n0 1 * * * x\\r\\n' | crontab -`,
    states: pollState,
    after: `printf '# gr\\374\\337e\\n0 1 * * * x\\r\\n%s\\n%s\\n%s\\n' '${poll.join("' '")}' >/tmp/wanted; tail -n +4 /var/spool/cron/crontabs/root | cmp - /tmp/wanted`,
  },
  {
    title: 'a crontab whose last line has no end',
    before: `printf '0 1 * * * x' >/var/spool/cron/crontabs/root`,
    states: pollState,
    after: is('0 1 * * * x', ...poll),
  },
  {
    title: 'a user that may not have a crontab: in the words of crontab',
    before: `crontab -u nobodys -r; echo nobodys >/etc/cron.deny`,
    states: `a:\n  cron.entry: { name: a, user: nobodys, special: daily, command: /bin/a }\n`,
    outcome: 'failed',
    says: /cannot use this program/,
    after: '! [ -e /var/spool/cron/crontabs/nobodys ]',
  },
  {
    title: 'a line of somebody else that crontab does not take: in its words',
    before: `rm /etc/cron.deny; printf '99 * * * * x\\n' >/var/spool/cron/crontabs/root`,
    states: pollState,
    outcome: 'failed',
    isForeseen: false,
    says: /bad minute/,
    after: `grep -q '^99' /var/spool/cron/crontabs/root`,
  },
  {
    title: 'a file of /etc/cron.d',
    states: `a:\n  cron.entry: { name: a, file: app, user: www-data, minute: 0, command: /bin/a }\n`,
    after: `[ "$(stat -c '%a %U' /etc/cron.d/app)" = '644 root' ]; grep -qx '0 [*] [*] [*] [*] www-data /bin/a' /etc/cron.d/app`,
  },
  {
    title: 'beside what that file has, which stays byte for byte',
    before: `printf 'SHELL=/bin/bash\\r\\n\\t# x\\n1 * * * * root y' >/etc/cron.d/app`,
    states: `a:\n  cron.entry: { name: a, file: app, minute: 0, command: /bin/a }\n`,
    after: `printf 'SHELL=/bin/bash\\r\\n\\t# x\\n1 * * * * root y\\n# prove: a\\n0 * * * * root /bin/a\\n# prove end: a\\n' | cmp - /etc/cron.d/app`,
  },
  {
    title: 'two jobs and a variable of one file',
    before: 'rm -f /etc/cron.d/app',
    states: `a:\n  cron.entry: { name: a, file: app, minute: 0, command: /bin/a }\nb:\n  cron.entry: { name: b, file: app, minute: 1, command: /bin/b }\nmail:\n  cron.variable: { name: MAILTO, value: "", file: app }\n`,
    after: `head -n1 /etc/cron.d/app | grep -qx 'MAILTO=""'; [ "$(grep -c root /etc/cron.d/app)" = 2 ]`,
  },
  {
    title: 'a file of which nothing is left goes',
    before: `printf '# prove: a\\n0 * * * * root /bin/a\\n# prove end: a\\n' >/etc/cron.d/app`,
    states: `a:\n  cron.entry: { name: a, file: app, absent: true }\n`,
    after: '! [ -e /etc/cron.d/app ]',
  },
  {
    title: 'a variable on top, for all jobs',
    before: holds('0 1 * * * x'),
    states: `mail:\n  cron.variable: { name: MAILTO, value: admin@example.org }\n`,
    after: is('MAILTO=admin@example.org', '0 1 * * * x'),
  },
  {
    title: 'a variable where it is, and another that is not to be',
    before: holds('# a', 'MAILTO = "you"', 'X=1', '0 1 * * * x', 'X=2'),
    states: `mail:\n  cron.variable: { name: MAILTO, value: me }\nx:\n  cron.variable: { name: X, absent: true }\n`,
    after: is('# a', 'MAILTO=me', '0 1 * * * x'),
  },
  {
    title: 'a file of the spool with nearly the header of cron: no line is lost',
    before: `command -v crontab >/dev/null || apt-get install -y cron >/dev/null 2>&1; printf '# DO NOT EDIT THIS FILE by hand\\n1 1 * * * x\\n2 1 * * * y\\n3 1 * * * z\\n' >/var/spool/cron/crontabs/root`,
    states: pollState,
    after: `printf '%s\\n' '# DO NOT EDIT THIS FILE by hand' '1 1 * * * x' '2 1 * * * y' '3 1 * * * z' '${poll.join("' '")}' >/tmp/wanted; tail -n +4 /var/spool/cron/crontabs/root | cmp - /tmp/wanted`,
  },
]

hostCases('no cron', without)
hostCases('cron', cases, { beside: cronGround })
