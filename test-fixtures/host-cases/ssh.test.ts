import { accountGround } from '../beside/account-ground.js'
import { type AccountCase, accountCases, is } from './account-cases.js'

const one = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs key1'
const two = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/ysE22i7113r19inurjQI9Yq+b25V88+leiLmSYcfh key2'
const three = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxTnTpk5NG41eFXAQDePALl65DMiSFz+fNe7yey2l33 key3'
const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDXuymAD5R6XM1OPgQP5sRrhtIjEMWlEMhTB0PD1BknAss5L9zi27Yu65TbXzAZn14VjszPkSyFBbUgqPvXT4OJyKyJ6qlXbL59RCs0B09+q1Q1UvErVmntFirerzpPxO3DC0ZxaM1N4f/vcJA8VLuRYZvkra2UgQkylplYnYGfcQ== rsa'
/** Without its comment. */
const bare = (key: string): string => key.split(' ').slice(0, 2).join(' ')

const keys = '/home/kim/.ssh/authorized_keys'
const holds = (text: string, path = keys): string => is(`cat ${path}`, text)

const authorized: readonly AccountCase[] = [
  {
    title: 'a user that is made in the same run, and its key',
    states: `kim:\n  - user.present: kim\n  - ssh.authorized_key: { user: kim, key: ${one} }\n`,
    after: [
      holds(one),
      is('stat -c "%U:%G %a" /home/kim/.ssh', 'kim:kim 700'),
      is(`stat -c "%U:%G %a" ${keys}`, 'kim:kim 600'),
    ],
  },
  {
    title: 'a key that is there',
    states: `k:\n  ssh.authorized_key: { user: kim, key: ${bare(one)} }\n`,
    outcome: 'ok',
  },
  {
    title: 'a key beside others, whose lines stay as they are, odd ones too',
    before: `printf '# keys\r\n\n  %s\r\nnot a key\nno-pty,command="a \\"b\\" c" %s\nlast' '${one}' '${two}' >${keys}`,
    states: `k:\n  ssh.authorized_key: { user: kim, key: ${three} }\n`,
    after: [
      `printf '# keys\r\n\n  %s\r\nnot a key\nno-pty,command="a \\"b\\" c" %s\nlast\n%s\n' '${one}' '${two}' '${three}' | cmp - ${keys}`,
    ],
  },
  {
    title: 'other options of a key',
    states: `k:\n  ssh.authorized_key: { user: kim, key: ${bare(two)}, options: [restrict, 'from="10.0.0.*"'] }\n`,
    after: [`grep -xF 'restrict,from="10.0.0.*" ${two}' ${keys}`, `[ "$(grep -c ssh-ed25519 ${keys})" = 3 ]`],
  },
  {
    title: 'another comment',
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${bare(three)} Käthe O'Neil" }\n`,
    after: [`grep -xF "${bare(three)} Käthe O'Neil" ${keys}`],
  },
  {
    title: 'several keys, absent',
    states: `k:\n  ssh.authorized_key: { user: kim, key: ["${one}", "${two}"], absent: true }\n`,
    after: [`! grep -qe ' key1' -e ' key2' ${keys}`, `grep -q '^not a key' ${keys}`, `grep -q Käthe ${keys}`],
  },
  {
    title: 'keys that are absent',
    states: `k:\n  ssh.authorized_key: { user: kim, key: ["${one}", "${two}"], absent: true }\n`,
    outcome: 'ok',
  },
  {
    title: 'these keys and no others',
    states: `k:\n  ssh.authorized_key: { user: kim, key: ["${rsa}", "${one}"], exclusive: true }\n`,
    after: [`! grep -q Käthe ${keys}`, `grep -q '^# keys' ${keys}`, `[ "$(grep -c '^ssh-' ${keys})" = 2 ]`],
  },
  {
    title: 'a file and a directory that others may write',
    before: `chmod 777 /home/kim/.ssh; chmod 666 ${keys}`,
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${one}" }\n`,
    after: [is('stat -c %a /home/kim/.ssh', '755'), is(`stat -c %a ${keys}`, '600')],
  },
  {
    title: 'a file and a directory that root has made',
    before: `chown root:root /home/kim/.ssh ${keys}`,
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${one}" }\n`,
    after: [is('stat -c "%U %a" /home/kim/.ssh', 'kim 700'), is(`stat -c %U ${keys}`, 'kim')],
  },
  {
    title: 'a user that is not let in any more',
    before: 'chage -E 1 kim; usermod -L kim',
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${two}" }\n`,
    after: [`grep -q key2 ${keys}`],
  },
  {
    title: 'a link that the user has put in place of the file',
    before: `rm ${keys}; ln -s /root/.ssh/authorized_keys ${keys}; cp /root/.ssh/authorized_keys /srv/of-root`,
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${two}" }\n`,
    outcome: 'failed',
    says: /is a symbolic link/,
    after: ['cmp /root/.ssh/authorized_keys /srv/of-root'],
  },
  {
    title: 'a link that the user has put in place of the directory',
    before: 'rm -r /home/kim/.ssh; ln -s /root/.ssh /home/kim/.ssh',
    states: `k:\n  ssh.authorized_key: { user: kim, key: "${two}" }\n`,
    outcome: 'failed',
    says: /is a symbolic link/,
    after: ['cmp /root/.ssh/authorized_keys /srv/of-root'],
  },
  {
    title: 'a user that there is not',
    states: `k:\n  ssh.authorized_key: { user: nosuch, key: "${two}" }\n`,
    outcome: 'failed',
    says: /there is no user "nosuch"/,
  },
  {
    title: 'a home that there is not',
    before: 'useradd -M nohome',
    states: `k:\n  ssh.authorized_key: { user: nohome, key: "${two}" }\n`,
    outcome: 'failed',
    says: /"\/home\/nohome" does not exist/,
  },
  {
    title: 'a home that is reached through a link of the host',
    before: 'mkdir /srv/homes; ln -s /srv/homes /homes; useradd -m -d /homes/lee lee',
    states: `k:\n  ssh.authorized_key: { user: lee, key: "${two}" }\n`,
    after: [is('stat -c %U /srv/homes/lee/.ssh/authorized_keys', 'lee')],
  },
  {
    title: 'a place of its own for keys',
    before: 'mkdir -p /etc/ssh/keys',
    states: `k:\n  ssh.authorized_key: { user: lee, key: "${two}", path: /etc/ssh/keys/lee }\n`,
    after: [holds(two, '/etc/ssh/keys/lee'), is('stat -c "%U %a" /etc/ssh/keys/lee', 'root 644')],
  },
  {
    title: 'two states for one file',
    states: `a:\n  ssh.authorized_key: { user: lee, key: "${one}" }\nb:\n  ssh.authorized_key: { user: lee, key: "${three}" }\n`,
    after: [is('grep -c ssh-ed25519 /homes/lee/.ssh/authorized_keys', '3')],
  },
]

const system = '/etc/ssh/ssh_known_hosts'

const known: readonly AccountCase[] = [
  {
    title: 'a host, for all users',
    states: `h:\n  ssh.known_host: { host: Git.example.org, key: "${bare(one)}" }\n`,
    after: [holds(`git.example.org ${bare(one)}`, system), 'ssh-keygen -F git.example.org -f /etc/ssh/ssh_known_hosts'],
  },
  {
    title: 'another key of a host, which shares its line with others, behind a missing line end',
    before: `printf '@revoked * %s\na.example.org,b.example.org %s\n# end' '${bare(rsa)}' '${bare(one)}' >${system}`,
    states: `h:\n  ssh.known_host: { host: b.example.org, key: "${bare(two)}" }\n`,
    after: [
      `printf '@revoked * %s\na.example.org %s\n# end\nb.example.org %s\n' '${bare(rsa)}' '${bare(one)}' '${bare(two)}' | cmp - ${system}`,
    ],
  },
  {
    title: 'a key of another type, beside the one that is there',
    states: `h:\n  ssh.known_host: { host: b.example.org, key: "${bare(rsa)}" }\n`,
    after: [is(`grep -c ^b.example.org ${system}`, '2')],
  },
  {
    title: 'this key and no other',
    states: `h:\n  ssh.known_host: { host: b.example.org, key: "${bare(rsa)}", exclusive: true }\n`,
    after: [is(`grep -c ^b.example.org ${system}`, '1')],
  },
  {
    title: 'a host on another port, of a user',
    states: `h:\n  ssh.known_host: { host: 10.0.0.7, port: 2222, user: lee, key: ["${bare(one)}", "${bare(rsa)}"] }\n`,
    after: [
      is('grep -cF "[10.0.0.7]:2222 " /homes/lee/.ssh/known_hosts', '2'),
      is('stat -c "%U %a" /homes/lee/.ssh/known_hosts', 'lee 600'),
    ],
  },
  {
    title: 'a host whose name is hashed',
    before:
      'ssh-keygen -q -H -f /homes/lee/.ssh/known_hosts; ! grep -q 10.0.0.7 /homes/lee/.ssh/known_hosts; chown lee /homes/lee/.ssh/known_hosts',
    states: `h:\n  ssh.known_host: { host: 10.0.0.7, port: 2222, user: lee, key: ["${bare(one)}", "${bare(rsa)}"] }\n`,
    outcome: 'ok',
  },
  {
    title: 'a host that is not known any more, by its hashed name',
    states: 'h:\n  ssh.known_host: { host: 10.0.0.7, port: 2222, user: lee, absent: true }\n',
    after: ['! [ -s /homes/lee/.ssh/known_hosts ]'],
  },
  {
    title: 'a host of which there is no file',
    before: 'useradd -m max',
    states: 'h:\n  ssh.known_host: { host: b.example.org, user: max, absent: true }\n',
    outcome: 'ok',
    after: ['! [ -e /home/max/.ssh/known_hosts ]'],
  },
]

accountCases('keys', [...authorized, ...known], {
  beside: accountGround('/srv/homes', '/homes', '/etc/ssh/keys', '/etc/ssh/ssh_known_hosts'),
})
