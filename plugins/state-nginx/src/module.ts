import { blocked, defineState, entry, z } from '@prove/core'
import { unwritable } from '@prove/core/files'
import { root, test } from './configuration.js'
import { moduleExamples } from './examples.js'
import { linkAt } from './reads/link.js'

const availableOf = (name: string): string => `/usr/share/nginx/modules-available/mod-${name}.conf`

const linkOf = ({ name, priority }: { readonly name: string; readonly priority: number }): string =>
  `${root}/modules-enabled/${String(priority).padStart(2, '0')}-mod-${name}.conf`

const confirm = { command: test }

/** Keep a module of nginx loaded, or not. */
export const module = defineState({
  name: 'nginx.module',
  about: 'Keep a module of nginx loaded, or not.',
  details: `For the layout of Debian: packages \`libnginx-mod-NAME\` bring \`/usr/share/nginx/modules-available/mod-NAME.conf\`, and a link in
\`/etc/nginx/modules-enabled\` has nginx load it. A change is tried with \`nginx -t\` once it is in place, and taken back where that
fails: a module that a site needs stays. nginx takes a module in or out when it is restarted; a reload takes one in.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected a name such as "http-echo"')
      .meta({ description: 'The module, as in the name of its package behind `libnginx-mod-`.' }),
    enabled: z.boolean().default(true).meta({ description: 'Whether nginx loads it.' }),
    priority: z
      .int()
      .min(0)
      .max(99)
      .default(50)
      .meta({ description: 'The number in front of the name of the link: modules are loaded in their order.' }),
  },
  examples: moduleExamples,

  owns: linkOf,

  reads: (given) => ({ available: entry(availableOf(given.name)), link: linkAt(linkOf(given)) }),

  check: (given, { available, link }) => {
    const path = linkOf(given)
    const isEnabled = link.type === 'link' && link.target === availableOf(given.name)
    if (given.enabled ? isEnabled : link.type === 'absent') return []
    if (link.type === 'other') return blocked(`"${path}" is no symbolic link`)
    if (given.enabled && !available.exists) {
      return blocked(`there is no module "${given.name}": on Debian the package "libnginx-mod-${given.name}" brings it`)
    }
    return link.writable ? [{ field: 'enabled', from: !given.enabled, to: given.enabled }] : unwritable(path)
  },

  apply: (given) => {
    const path = linkOf(given)
    return given.enabled
      ? [{ kind: 'file.link', path, target: availableOf(given.name), confirm } as const]
      : [{ kind: 'file.remove', path, confirm } as const]
  },
})
