/** The unit that runs the agent: what is in it and what is left out, line by line, is told in docs/agent-service.md. */
export const systemdUnit = `# What is here and what is left out, line by line: docs/agent-service.md
[Unit]
Description=Prove agent
ConditionPathExists=/etc/prove-agent/agent.json
After=network.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=/usr/bin/prove-agent run
Restart=always
RestartSec=5
RestartPreventExitStatus=78

# A step that runs is not killed with the agent.
KillMode=process
TimeoutStopSec=90
OOMPolicy=continue

# Steps find what they would find at a login of root.
Environment=HOME=/root USER=root LOGNAME=root SHELL=/bin/sh
WorkingDirectory=-/root
StateDirectory=prove-agent
StateDirectoryMode=0700

UMask=0077
LimitCORE=0
LockPersonality=yes
RestrictRealtime=yes
RestrictAddressFamilies=~AF_X25 AF_AX25 AF_ROSE AF_NETROM AF_APPLETALK AF_IPX AF_DECnet AF_ECONET AF_TIPC AF_RDS AF_RXRPC AF_CAIF AF_PHONET AF_IEEE802154 AF_NFC AF_KCM AF_ATMPVC AF_ATMSVC AF_IRDA AF_LLC
SystemCallFilter=~@obsolete @cpu-emulation
SystemCallErrorNumber=EPERM
CapabilityBoundingSet=~CAP_BLOCK_SUSPEND CAP_WAKE_ALARM CAP_LEASE CAP_SYS_PACCT

[Install]
WantedBy=multi-user.target
`
