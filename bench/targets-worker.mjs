// Compiles every target of a catalog, one after the other as "prove check" does, and prints what that took:
// node targets-worker.mjs FOLDER TARGETS
import { Errors, openCatalog } from '../catalog/dist/index.js'
import { configSchema, createKernel } from '../core/dist/index.js'
import loaderNunjucks from '../plugins/loader-nunjucks/dist/index.js'
import loaderYaml from '../plugins/loader-yaml/dist/index.js'
import stateFile from '../plugins/state-file/dist/index.js'

const [folder = '.', count = '0'] = process.argv.slice(2)
const kernel = createKernel([
  { asked: 'loader-yaml', plugin: loaderYaml },
  { asked: 'loader-nunjucks', plugin: loaderNunjucks },
  { asked: 'state-file', plugin: stateFile },
])
const targets = Object.fromEntries(
  Array.from({ length: Number(count) }, (_, i) => [`web${i}`, { executor: 'local', variables: { own: `own-${i}` } }]),
)

const cpuBefore = process.cpuUsage()
const began = performance.now()
const errors = new Errors()
const config = { ...configSchema.parse({ targets, states: ['site'] }), file: undefined, folder }
const catalog = await openCatalog(kernel, { config, hintFor: () => undefined }, errors)
let states = 0
for (const target of catalog.roster.targets.values()) {
  states += (await catalog.compile(target, {}, errors)).states.length
}
errors.throwIfAny()
const ms = performance.now() - began
const { user, system } = process.cpuUsage(cpuBefore)
if (states !== 100 * Number(count)) throw new Error(`${states} states for ${count} targets`)
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ ms, cpu: (user + system) / 1000, megabytes }))
