/** What the pages about commands and functions are made of; not published as an entry. */
export { standardPlugins } from './load-kernel.js'
export { program } from './program.js'
export { proveFace } from './prove-face.js'
