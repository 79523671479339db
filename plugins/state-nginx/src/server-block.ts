import { type Args, path, z } from '@prove/core'

const listed = <T extends z.ZodType>(one: T): z.ZodUnion<readonly [T, z.ZodArray<T>]> =>
  z.union([one, z.array(one).min(1)])

/** In a path nginx would take a dollar sign for a variable, and nothing escapes it. */
const plainPath = (about: string): z.ZodType<string, string> =>
  path(about).refine(
    (name) => !name.includes('$') && !/[\n\r]/.test(name),
    'expected a path without "$" and line breaks',
  )

const serverName = z.string().regex(/^[^\s;]+$/, 'expected a name such as "www.example.org"')

const listen = z.union([
  z.int().min(1).max(65535),
  z.string().regex(/^[^\s;{}'"\\#$]+( +[^\s;{}'"\\#$]+)*$/, 'expected a port or an address, such as "443 ssl"'),
])

const upstream = z.string().regex(/^https?:\/\/[^\s;{}'"\\]+$/, 'expected a URL such as "http://127.0.0.1:3000"')

/** What a server block is made of where its text is not given. */
export const serverArguments = {
  server_name: listed(serverName)
    .optional()
    .meta({ description: 'The names that it answers to; the name of the site unless given.' }),
  listen_on: listed(listen).optional().meta({
    description:
      'Ports and addresses. Unless given, port 80; with a certificate port 443, to which port 80 sends everybody.',
  }),
  root: plainPath('The directory of the files that it serves.').optional(),
  index: listed(serverName).optional().meta({ description: 'What it serves of a directory, in order.' }),
  proxy_pass: upstream.optional().meta({ description: 'The server that it hands all requests to.' }),
  certificate: plainPath('The certificate, with those that lead to its authority behind it.').optional(),
  key: plainPath('The private key of the certificate; not used without one.').optional(),
  extra: z.string().optional().meta({ description: 'More directives of the server block.' }),
}

type Described = Args<typeof serverArguments>

/** Whether any of them is given. */
export const isDescribed = (given: Described): boolean =>
  Object.keys(serverArguments).some((name) => given[name as keyof Described] !== undefined)

/** A word of a configuration of nginx that means exactly this text. */
export const word = (text: string): string =>
  /^[\w.,/:@%+=~*^()|?$[\]-]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `    ${line}`))

/** Groups of lines, with an empty line between them. */
const apart = (groups: readonly (readonly string[])[]): readonly string[] =>
  groups.filter((group) => group.length > 0).flatMap((group, i) => (i === 0 ? group : ['', ...group]))

const server = (groups: readonly (readonly string[])[]): readonly string[] => [
  'server {',
  ...indented(apart(groups)),
  '}',
]

const ports = (port: string): readonly string[] => [port, `[::]:${port}`]

const location = ({ root, proxy_pass: upstreamServer }: Described): readonly string[] => {
  if (upstreamServer === undefined) {
    return root === undefined ? [] : ['location / {', ...indented(['try_files $uri $uri/ =404;']), '}']
  }
  const lines = [
    `proxy_pass ${upstreamServer};`,
    'proxy_http_version 1.1;',
    'proxy_set_header Host $host;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
  ]
  return ['location / {', ...indented(lines), '}']
}

/** The text of the site. Pure. */
export const serverBlocks = (site: string, given: Described): string => {
  const { certificate, key, root, index, extra } = given
  const names = [
    `server_name ${list(given.server_name ?? site)
      .map(word)
      .join(' ')};`,
  ]
  const own = list(given.listen_on).map(String)
  const usual = ports(certificate === undefined ? '80' : '443').map((at) =>
    certificate === undefined ? at : `${at} ssl`,
  )
  const listens = (all: readonly string[]): readonly string[] => all.map((at) => `listen ${at};`)
  const tls =
    certificate === undefined
      ? []
      : [
          `ssl_certificate ${word(certificate)};`,
          `ssl_certificate_key ${word(key ?? certificate)};`,
          'ssl_protocols TLSv1.2 TLSv1.3;',
        ]
  const files = [
    ...(root === undefined ? [] : [`root ${word(root)};`]),
    ...(index === undefined ? [] : [`index ${list(index).map(word).join(' ')};`]),
  ]
  const more = extra === undefined ? [] : extra.replace(/\n+$/, '').split('\n')
  const redirect =
    certificate === undefined || own.length > 0
      ? []
      : [...server([[...listens(ports('80')), ...names], ['return 301 https://$host$request_uri;']]), '']
  const main = server([[...listens(own.length > 0 ? own : usual), ...names], tls, files, more, location(given)])
  return `${['# Written by Prove: changes by hand will be undone.', ...redirect, ...main].join('\n')}\n`
}
