/** How many expressions may lie inside one another; whoever walks a tree goes as deep. */
export const maxDepth = 100
