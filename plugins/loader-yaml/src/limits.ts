/** How many aliases a file may use. */
export const maxAliases = 1000

/** How many values all aliases together may stand for. */
export const maxAliasedValues = 100_000

/** How many collections may lie inside one another. */
export const maxDepth = 100

/** How many keys `<<` may bring in. */
export const maxTotalMergeKeys = 10_000
