export { openCatalog, type Catalog } from './catalog.js'
