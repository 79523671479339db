/** A file of its own: bundled, a CommonJS package that is imported when needed has no names. */
export { cosmiconfig } from 'cosmiconfig'
