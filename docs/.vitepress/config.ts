import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type DefaultTheme } from 'vitepress'

type Item = DefaultTheme.SidebarItem

const docs = fileURLToPath(new URL('..', import.meta.url))

/** The pages of a folder, by their own headings, in the order of their names. */
const pagesIn = (folder: string): readonly Item[] =>
  readdirSync(`${docs}${folder}`)
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => ({
      text: /^# (.+)$/m.exec(readFileSync(`${docs}${folder}/${name}`, 'utf8'))?.[1] ?? name,
      link: `/${folder}/${name.replace(/\.md$/, '')}`,
    }))

const page = (text: string, link: string, items: readonly Item[] = []): Item =>
  items.length === 0 ? { text, link } : { text, link, items: [...items], collapsed: true }

/** In the order in which a newcomer reads. */
const sidebar: DefaultTheme.Sidebar = [
  {
    text: 'Begin',
    items: [
      page('Getting started', '/getting-started'),
      page('Concepts', '/concepts'),
      page('What a plan promises', '/plans'),
    ],
  },
  {
    text: 'States',
    items: [
      page('State files', '/states'),
      page('Templates, JSON, TypeScript', '/languages'),
      page('The graph', '/graph'),
      page('The certificate story', '/certificate'),
      page('Late values', '/late-values'),
      page('Trees, downloads, archives', '/trees-and-downloads'),
      page('See the graph, ask why', '/inspecting'),
      page('Runs', '/runs'),
    ],
  },
  {
    text: 'What states keep',
    items: [
      page('Files', '/files'),
      page('Packages', '/packages'),
      page('Services, units, timers', '/services'),
      page('Users, groups, keys, sudo', '/users'),
      page('Cron, mounts, kernel, name and time', '/system'),
      page('nginx and certificates', '/nginx'),
      page('Checkouts of git', '/git'),
    ],
  },
  {
    text: 'The catalog',
    items: [
      page('Files and ids', '/catalog'),
      page('Variables', '/variables'),
      page('Targets', '/targets'),
      page('Many targets, and faults', '/fleets'),
      page('Agents', '/agents'),
      page('Transports', '/transports'),
      page('Security', '/security'),
    ],
  },
  {
    text: 'Reference',
    items: [
      page('State functions', '/functions/', pagesIn('functions')),
      page('Command line', '/reference/cli'),
      page('Completion in shells', '/completion'),
      page('Schemas', '/reference/schemas'),
      page('Errors', '/errors'),
    ],
  },
  {
    text: 'Write a plugin',
    items: [
      page('Plugins', '/plugins/'),
      page('A state function', '/plugins/state'),
      page('A meta-state', '/plugins/meta'),
      page('A loader', '/plugins/loader'),
      page('An executor', '/plugins/executor'),
      page('A transport', '/plugins/transport'),
    ],
  },
  {
    text: 'Coming from',
    items: [
      page('Ansible', '/coming-from/ansible'),
      page('Salt', '/coming-from/salt'),
      page('pyinfra', '/coming-from/pyinfra'),
      page('Puppet', '/coming-from/puppet'),
    ],
  },
  {
    text: 'In depth',
    items: [
      page('What runs on the target', '/wire'),
      page('The agent as a service', '/agent-service'),
      page('Benchmarks', '/bench'),
      page('Design decisions', '/decisions/', pagesIn('decisions')),
    ],
  },
]

export default defineConfig({
  title: 'Prove',
  description: 'Make hosts be what you declared, and know beforehand what that takes.',
  lang: 'en',
  // The site can be read from any folder of a web server, and makes no request to another one.
  base: process.env['PROVE_DOCS_BASE'] ?? '/',
  srcExclude: ['generate/**', 'parts/**'],
  ignoreDeadLinks: false,
  markdown: {
    // `{{ name }}` in a line is Nunjucks, and nothing for Vue.
    config: (md) => {
      const render = md.renderer.rules.code_inline
      if (render === undefined) throw new Error('no rule renders code in a line')
      md.renderer.rules.code_inline = (...given) => render(...given).replace('<code', '<code v-pre')
    },
  },
  themeConfig: {
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'State functions', link: '/functions/' },
      { text: 'Command line', link: '/reference/cli' },
    ],
    footer: { message: 'MIT licence' },
  },
})
