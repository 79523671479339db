/** How many numbers `range` gives, how many items a list may have, and how wide a filter may make a text. */
export const maxItems = 1_000_000

/** How many rounds all loops and macro calls of one rendering may make together. */
export const maxRounds = 2_000_000

/** How many characters a text may have, and the whole output. */
export const maxLength = 32 * 1024 * 1024

/** How many pieces the output may consist of. */
export const maxPieces = 2_000_000

/** How many templates may include, import or extend one another, and how many macros may call one another. */
export const maxDepth = 50

/** How many lists and maps that are printed may lie inside one another. */
export const maxNesting = 500

/** How many values a list or map may hold, all that lie inside of it included, to be printed. */
export const maxValues = 1_000_000
