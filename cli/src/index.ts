export { standardPlugins } from './load-kernel.js'
export { main } from './main.js'
export { program } from './program.js'
