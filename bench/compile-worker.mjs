// Compiles one file in a process of its own, and prints what that took: node compile-worker.mjs FOLDER COUNT
import { Errors, openCatalog } from '../catalog/dist/index.js'
import { configSchema, createKernel } from '../core/dist/index.js'
import loaderYaml from '../plugins/loader-yaml/dist/index.js'
import stateFile from '../plugins/state-file/dist/index.js'

const [folder = '.', count = '0'] = process.argv.slice(2)
const kernel = createKernel([
  { asked: 'loader-yaml', plugin: loaderYaml },
  { asked: 'state-file', plugin: stateFile },
])

let load = 0
for (const loader of kernel.loaders.all) {
  const original = loader.load.bind(loader)
  loader.load = (...args) => {
    const before = performance.now()
    const loaded = original(...args)
    load += performance.now() - before
    return loaded
  }
}

const cpuBefore = process.cpuUsage()
const began = performance.now()
const errors = new Errors()
const config = { ...configSchema.parse({ targets: { local: {} } }), file: undefined, folder }
const catalog = await openCatalog(kernel, { config, hintFor: () => undefined }, errors)
const target = catalog.roster.targets.get('local')
const { states } = await catalog.compile(target, { files: [`${folder}/${count}.yml`] }, errors)
errors.throwIfAny()
const ms = performance.now() - began
const { user, system } = process.cpuUsage(cpuBefore)
if (states.length !== Number(count)) throw new Error(`${states.length} states instead of ${count}`)
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ ms, load, rest: ms - load, cpu: (user + system) / 1000, megabytes }))
