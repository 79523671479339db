import type { Late } from '@prove/core'

/** The expressions right inside of one. */
export const partsOf = (tree: Late): readonly Late[] => {
  switch (tree.kind) {
    case 'value':
    case 'name':
    case 'outputs':
      return []
    case 'read':
      return tree.args
    case 'member':
      return [tree.of, tree.key]
    case 'list':
      return tree.items
    case 'map':
      return Object.values(tree.entries)
    case 'text':
      return tree.pieces
    case 'not':
      return [tree.value]
    case 'binary':
      return [tree.left, tree.right]
    case 'if':
      return [tree.test, tree.value, tree.otherwise]
  }
}
