import { waitingGround } from '../beside/waiting-ground.js'
import { hostCases } from '../hosts/host-cases.js'

/** Starts a server that the host keeps on its own. */
const serves = (port: number, delay = 0): string =>
  `systemd-run --quiet --collect --unit=web-${port} sh -c 'sleep ${delay}; cd /srv && exec python3 -m http.server ${port}'`

hostCases(
  'waiting',
  [
    {
      title: 'for a port that is open',
      before: `${serves(8001)}; until ss -tln | grep -q :8001; do :; done`,
      states: 'w:\n  net.wait: { port: 8001 }\n',
      outcome: 'ok',
    },
    {
      title: 'for a port that comes to be open, and then for a page',
      before: serves(8002, 2),
      states:
        'port:\n  net.wait: { port: 8002, within: 30 }\npage:\n  net.wait: { url: "http://localhost:8002/", status: [200, 204] }\n  requires: port\n',
      outcome: 'ok',
      isForeseen: false,
    },
    {
      title: 'for a service that a state starts',
      states: `start:\n  cmd.run: ${JSON.stringify(serves(8003, 1))}\n  creates: /run/systemd/transient/web-8003.service\nwait:\n  net.wait: { port: 8003, host: 127.0.0.1, within: 30 }\n  requires: start\n`,
      after: 'curl -sf http://127.0.0.1:8003/ >/dev/null',
    },
    {
      title: 'in vain: what it still is',
      states: 'w:\n  net.wait: { port: 9, within: 1 }\n',
      outcome: 'failed',
      isForeseen: false,
      says: /localhost:9: still closed/,
    },
    {
      title: 'for a page that is not there',
      states: 'w:\n  net.wait: { url: "http://localhost:8001/nothing", status: 404 }\n',
      outcome: 'ok',
    },
    {
      title: 'in vain for a page, without its password',
      states: 'w:\n  net.wait: { url: "http://me:geheim@localhost:8001/nothing?key=geheim", within: 0 }\n',
      outcome: 'failed',
      isForeseen: false,
      says: /^site:w: http:\/\/localhost:8001\/nothing\?…: still 404$/,
    },
    {
      title: 'for a server that goes',
      before: `systemd-run --quiet --on-active=2 --timer-property=AccuracySec=1ms systemctl stop web-8001`,
      states:
        'w:\n  net.wait: { url: "http://localhost:8001/", absent: true, within: 30 }\nx:\n  net.wait: { port: 8001, absent: true }\n  requires: w\n',
      outcome: 'ok',
      isForeseen: false,
    },
    {
      title: 'for a file with an odd name, which comes, and which a later state reads',
      before: `systemd-run --quiet --on-active=2 --timer-property=AccuracySec=1ms sh -c 'echo x >"/srv/lab/a '\\''b"'`,
      states: `w:\n  net.wait: { file: "/srv/lab/a 'b", within: 30 }\nf:\n  file.managed: { path: "/srv/lab/a 'b", content: "x\\n", mode: "0600" }\n`,
      isForeseen: false,
      after: `[ "$(stat -c %a "/srv/lab/a 'b")" = 600 ]`,
    },
    {
      title: 'for a file that is gone',
      states: 'w:\n  net.wait: { file: /srv/lab/none, absent: true }\n',
      outcome: 'ok',
    },
  ],
  { beside: waitingGround },
)
